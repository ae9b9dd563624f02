// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

/** The queue has an event with this id, unclaimed or with a consumer; the new one was not stored. */
public final class DuplicateEventException extends OkqServerException {
    private static final long serialVersionUID = 1L;

    DuplicateEventException(String message) {
        super(message);
    }
}
