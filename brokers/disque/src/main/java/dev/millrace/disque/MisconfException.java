// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/**
 * {@code MISCONF}: the node cannot write its file and takes no commands until a person helps; another node does.
 */
public final class MisconfException extends DisqueServerException {
    private static final long serialVersionUID = 1L;

    MisconfException(String message) {
        super(message);
    }

    @Override
    public boolean helpsElsewhere() {
        return true;
    }
}
