// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.MillraceException;
import dev.millrace.broker.EnqueueResult;
import org.jspecify.annotations.Nullable;

/** A broker did not take a job, or not all of many. */
final class RefusedException extends MillraceException {
    private static final long serialVersionUID = 1L;

    RefusedException(EnqueueResult.Refused refused) {
        this("refused, nothing was enqueued: " + why(refused), null);
    }

    RefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static String why(EnqueueResult.Refused refused) {
        return refused.reason() + ", " + refused.detail();
    }
}
