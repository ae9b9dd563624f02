// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Protocol;
import dev.millrace.resp.client.UnexpectedReplyException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What okq speaks on a connection.
 *
 * @param password said first; null for none
 * @param registered for which queues the connection is registered; none for a connection that waits for nothing
 */
record OkqProtocol(@Nullable String password, List<OkqName> registered) implements Protocol {
    @Override
    public String name() {
        return "okq";
    }

    @Override
    public List<Command<?>> greeting() {
        List<Command<?>> said = new ArrayList<>(2);
        if (password != null) {
            said.add(OkqCommands.auth(password));
        }
        if (!registered.isEmpty()) {
            said.add(OkqCommands.register(registered));
        }
        return said;
    }

    @Override
    public Command<?> ping() {
        return OkqCommands.ping();
    }

    @Override
    public OkqException lost(Loss loss, boolean sent, String message, @Nullable Throwable cause) {
        return switch (loss) {
            case BROKEN -> new OkqConnectionException(sent, message, cause);
            case TIMED_OUT -> new OkqTimeoutException(sent, message, cause);
            case INTERRUPTED -> new OkqInterruptedException(sent, message, cause);
        };
    }

    @Override
    public boolean isLoss(RuntimeException error) {
        return error instanceof OkqConnectionException;
    }

    @Override
    public OkqException refused(String message) {
        return OkqServerException.of(message);
    }

    @Override
    public OkqException unexpected(UnexpectedReplyException error) {
        return new OkqProtocolException(String.valueOf(error.getMessage()), error.getCause());
    }
}
