// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

/** The server has no room for another event that is stored later ({@link PushEvent#noBlock()}); it was not stored. */
public final class BusyException extends OkqServerException {
    private static final long serialVersionUID = 1L;

    BusyException(String message) {
        super(message);
    }

    @Override
    public boolean helpsLater() {
        return true;
    }
}
