// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/**
 * {@code NOJOB}: this node does not know the job: it ended, or only other nodes have it.
 */
public final class NoJobException extends DisqueServerException {
    private static final long serialVersionUID = 1L;

    NoJobException(String message) {
        super(message);
    }
}
