// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

/** Another process owns the folder. It may end, or let others in. */
public final class FolderOwnedException extends JournalException {
    private static final long serialVersionUID = 1L;

    FolderOwnedException(String message) {
        super(message, null);
    }
}
