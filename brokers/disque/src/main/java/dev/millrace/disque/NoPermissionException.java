// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/**
 * {@code NOPERM}: the user may not say this command, or not name this queue. The message names the user, the command and the
 * group of commands that would be needed, or the queue. Only servers of Millrace have users.
 */
public final class NoPermissionException extends DisqueServerException {
    private static final long serialVersionUID = 1L;

    NoPermissionException(String message) {
        super(message);
    }
}
