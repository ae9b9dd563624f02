// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/**
 * {@code OOM}: the node is out of memory and takes no more; another node helps, or waiting.
 */
public final class OutOfMemoryException extends DisqueServerException {
    private static final long serialVersionUID = 1L;

    OutOfMemoryException(String message) {
        super(message);
    }

    @Override
    public boolean helpsElsewhere() {
        return true;
    }

    @Override
    public boolean helpsLater() {
        return true;
    }
}
