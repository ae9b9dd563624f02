// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp;

import dev.millrace.MillraceException;
import org.jspecify.annotations.Nullable;

/** RabbitMQ could not be reached, went away, did not answer in time, or refused. The message says which, and what to do. */
public final class AmqpException extends MillraceException {
    private static final long serialVersionUID = 1L;

    /** Whether it may be over soon. */
    private final boolean helpsLater;

    /** Whether the connection was given up. */
    private final boolean givenUp;

    private AmqpException(boolean helpsLater, boolean givenUp, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.helpsLater = helpsLater;
        this.givenUp = givenUp;
    }

    /**
     * The end of all attempts to connect that {@link AmqpOptions.Reconnection} allows.
     *
     * @param message what happened
     * @param cause the last failure
     * @return the exception
     */
    public static AmqpException givenUp(String message, @Nullable Throwable cause) {
        return new AmqpException(false, true, message, cause);
    }

    /**
     * Whether all attempts to connect that were allowed have failed; none will be made any more.
     *
     * @return true if the connection was given up
     */
    public boolean isGivenUp() {
        return givenUp;
    }

    /**
     * A failure that may be over soon, such as a lost connection.
     *
     * @param message what happened
     * @param cause what lies below, or null
     * @return the exception
     */
    public static AmqpException passing(String message, @Nullable Throwable cause) {
        return new AmqpException(true, false, message, cause);
    }

    /**
     * A failure that stays until a person does something, such as a wrong password.
     *
     * @param message what happened, and what to do
     * @param cause what lies below, or null
     * @return the exception
     */
    public static AmqpException lasting(String message, @Nullable Throwable cause) {
        return new AmqpException(false, false, message, cause);
    }

    /**
     * Whether asking again later makes sense.
     *
     * @return true if the failure may be over soon
     */
    public boolean helpsLater() {
        return helpsLater;
    }
}
