// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/**
 * {@code NOAUTH}: the node wants a password and got none.
 */
public final class NoAuthException extends DisqueServerException {
    private static final long serialVersionUID = 1L;

    NoAuthException(String message) {
        super(message);
    }
}
