// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/**
 * {@code PAUSED}: the queue takes no jobs for the time being; later helps.
 */
public final class PausedException extends DisqueServerException {
    private static final long serialVersionUID = 1L;

    PausedException(String message) {
        super(message);
    }

    @Override
    public boolean helpsLater() {
        return true;
    }
}
