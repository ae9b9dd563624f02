// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.link;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ChannelContinuationTimeoutException;
import com.rabbitmq.client.ShutdownSignalException;
import dev.millrace.amqp.AmqpException;
import org.jspecify.annotations.Nullable;

/** What the client library throws, in words that help: it hides the server's reason in causes and in method objects. */
public final class Causes {
    private Causes() {}

    /**
     * What happened.
     *
     * @param doing what was being done
     * @param thrown what the client library threw
     * @return the exception to throw; one of ours as it is
     */
    public static AmqpException told(String doing, Throwable thrown) {
        if (thrown instanceof AmqpException ours) {
            return ours;
        }
        boolean lasting = code(thrown) == AMQP.ACCESS_REFUSED || code(thrown) == AMQP.NOT_ALLOWED;
        String message = doing + " failed: " + text(thrown);
        return lasting ? AmqpException.lasting(message, thrown) : AmqpException.passing(message, thrown);
    }

    /**
     * With which code the server closed the channel or the connection.
     *
     * @param thrown what the client library threw
     * @return the code, such as 404, or 0 if there is none
     */
    public static int code(@Nullable Throwable thrown) {
        return switch (closing(thrown)) {
            case AMQP.Channel.Close close -> close.getReplyCode();
            case AMQP.Connection.Close close -> close.getReplyCode();
            case null, default -> 0;
        };
    }

    private static @Nullable Object closing(@Nullable Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof ShutdownSignalException signal) {
                return signal.getReason();
            }
        }
        return null;
    }

    static String text(Throwable thrown) {
        return switch (closing(thrown)) {
            case AMQP.Channel.Close close -> close.getReplyText() + " (" + close.getReplyCode() + ")";
            case AMQP.Connection.Close close -> close.getReplyText() + " (" + close.getReplyCode() + ")";
            case null, default ->
                thrown instanceof ChannelContinuationTimeoutException
                        ? "no answer in time"
                        : String.valueOf(thrown.getMessage() == null ? thrown : thrown.getMessage());
        };
    }
}
