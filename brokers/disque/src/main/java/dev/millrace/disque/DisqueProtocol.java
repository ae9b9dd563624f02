// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Protocol;
import dev.millrace.resp.client.UnexpectedReplyException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Disque speaks on a connection.
 *
 * @param user whose password it is; null for the only one
 * @param password said first; null for none
 */
record DisqueProtocol(@Nullable String user, @Nullable String password) implements Protocol {
    @Override
    public String name() {
        return "disque";
    }

    @Override
    public List<Command<?>> greeting() {
        return password == null ? List.of() : List.of(NodeCommands.auth(user, password));
    }

    @Override
    public Command<?> ping() {
        return NodeCommands.ping();
    }

    @Override
    public DisqueException lost(Loss loss, boolean sent, String message, @Nullable Throwable cause) {
        return switch (loss) {
            case BROKEN -> new DisqueConnectionException(sent, message, cause);
            case TIMED_OUT -> new DisqueTimeoutException(sent, message, cause);
            case INTERRUPTED -> new DisqueInterruptedException(sent, message, cause);
        };
    }

    @Override
    public boolean isLoss(RuntimeException error) {
        return error instanceof DisqueConnectionException;
    }

    @Override
    public DisqueException refused(String message) {
        return ServerErrors.of(message);
    }

    @Override
    public DisqueException unexpected(UnexpectedReplyException error) {
        return new DisqueProtocolException(String.valueOf(error.getMessage()), error.getCause());
    }
}
