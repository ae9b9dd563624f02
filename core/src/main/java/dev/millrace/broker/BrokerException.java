// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import dev.millrace.MillraceException;
import org.jspecify.annotations.Nullable;

/** A broker failed or went away. */
public final class BrokerException extends MillraceException {
    private static final long serialVersionUID = 1L;

    /** Whether it may be over soon. */
    private final boolean passing;

    private BrokerException(boolean passing, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /**
     * A failure that may be over soon, such as a lost connection: asking again later makes sense.
     *
     * @param message what happened, and what to do
     * @param cause what lies below, or null
     * @return the exception
     */
    public static BrokerException passing(String message, @Nullable Throwable cause) {
        return new BrokerException(true, message, cause);
    }

    /**
     * A failure that stays until a person does something.
     *
     * @param message what happened, and what to do
     * @param cause what lies below, or null
     * @return the exception
     */
    public static BrokerException lasting(String message, @Nullable Throwable cause) {
        return new BrokerException(false, message, cause);
    }

    /**
     * What the client of a broker threw, with the same message.
     *
     * @param cause what it threw
     * @param passing whether it may be over soon
     * @return the exception
     */
    public static BrokerException of(Throwable cause, boolean passing) {
        return new BrokerException(passing, String.valueOf(cause.getMessage()), cause);
    }

    /**
     * Whether asking again later makes sense.
     *
     * @return true if the failure may be over soon
     */
    public boolean isPassing() {
        return passing;
    }
}
