// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import dev.millrace.MillraceException;

/** A broker said no to a job; nothing was stored. */
public final class EnqueueRefusedException extends MillraceException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    private final EnqueueResult.Reason reason;

    /**
     * Makes the exception.
     *
     * @param reason why, for programs
     * @param message why, for people
     */
    public EnqueueRefusedException(EnqueueResult.Reason reason, String message) {
        super(message, null);
        this.reason = reason;
    }

    /**
     * Why, for programs.
     *
     * @return the broker's reason
     */
    public EnqueueResult.Reason reason() {
        return reason;
    }
}
