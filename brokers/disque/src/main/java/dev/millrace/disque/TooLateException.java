// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/**
 * {@code TOOLATE}: more than half of the life of the job is over, so that its next delivery can no longer be postponed.
 */
public final class TooLateException extends DisqueServerException {
    private static final long serialVersionUID = 1L;

    TooLateException(String message) {
        super(message);
    }
}
