// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import dev.millrace.MillraceException;

/** No handler for a task of this name is known here. */
final class UnknownTaskException extends MillraceException {
    private static final long serialVersionUID = 1L;

    UnknownTaskException(String message) {
        super(message, null);
    }
}
