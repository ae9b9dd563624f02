// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import org.jspecify.annotations.Nullable;

/** There is no room for this frame now. Nothing was written; the journal stays usable and recovers when room is back. */
public final class JournalFullException extends JournalException {
    private static final long serialVersionUID = 1L;

    JournalFullException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
