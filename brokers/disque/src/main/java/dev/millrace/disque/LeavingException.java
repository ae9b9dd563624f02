// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/**
 * {@code LEAVING}: the node is about to leave the cluster and lets nobody wait on it; another node helps.
 */
public final class LeavingException extends DisqueServerException {
    private static final long serialVersionUID = 1L;

    LeavingException(String message) {
        super(message);
    }

    @Override
    public boolean helpsElsewhere() {
        return true;
    }
}
