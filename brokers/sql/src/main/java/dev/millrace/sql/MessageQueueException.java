// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.MillraceException;
import org.jspecify.annotations.Nullable;

/** A message table is not as it must be, or a subscription to it is closed or has failed. */
public final class MessageQueueException extends MillraceException {
    private static final long serialVersionUID = 1L;

    MessageQueueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
