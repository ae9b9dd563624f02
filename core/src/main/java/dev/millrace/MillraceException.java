// SPDX-License-Identifier: Apache-2.0
package dev.millrace;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that Millrace throws on purpose. Wrong arguments are {@link
 * IllegalArgumentException}s instead, thrown before anything is sent.
 */
public abstract class MillraceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what happened, with the values that matter, and what to do about it
     * @param cause what lies below, or null
     */
    protected MillraceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
