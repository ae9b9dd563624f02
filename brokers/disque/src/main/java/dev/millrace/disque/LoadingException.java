// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/**
 * {@code LOADING}: the node is reading its jobs from disk; another node helps, or waiting.
 */
public final class LoadingException extends DisqueServerException {
    private static final long serialVersionUID = 1L;

    LoadingException(String message) {
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
