// SPDX-License-Identifier: Apache-2.0
package dev.millrace.job;

import dev.millrace.MillraceException;
import org.jspecify.annotations.Nullable;

/**
 * A payload is not what its reader expects. Trying again cannot help: a worker puts such a job, and no other, into the
 * dead letters.
 */
public final class DecodeException extends MillraceException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what was expected and what was there
     * @param cause the parser's own exception, or null
     */
    public DecodeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
