// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/**
 * {@code MAXLEN}: the queue is as long as the job allows on that node; later helps, when it has become shorter.
 */
public final class MaxLenException extends DisqueServerException {
    private static final long serialVersionUID = 1L;

    MaxLenException(String message) {
        super(message);
    }

    @Override
    public boolean helpsLater() {
        return true;
    }
}
