// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import dev.millrace.MillraceException;
import org.jspecify.annotations.Nullable;

/** Vitess refused, failed or did not answer; or a subscription is closed or has failed. */
public final class VitessException extends MillraceException {
    private static final long serialVersionUID = 1L;

    /** Whether it may be over soon. */
    private final boolean passing;

    VitessException(boolean passing, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /**
     * Whether asking again later makes sense.
     *
     * @return true if the failure may be over soon; what was asked may have been done nevertheless
     */
    public boolean isPassing() {
        return passing;
    }
}
