// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/**
 * {@code BADID}: what was given as the id of a job is none. Of a command with several ids nothing was done.
 */
public final class BadIdException extends DisqueServerException {
    private static final long serialVersionUID = 1L;

    BadIdException(String message) {
        super(message);
    }
}
