// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import dev.millrace.MillraceException;
import org.jspecify.annotations.Nullable;

/** The journal cannot do what was asked: the folder, the disk or the log is in the way. */
public class JournalException extends MillraceException {
    private static final long serialVersionUID = 1L;

    JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
