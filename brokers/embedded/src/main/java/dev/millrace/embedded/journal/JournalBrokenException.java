// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import org.jspecify.annotations.Nullable;

/**
 * A write or a sync failed, now or earlier. What the disk holds since then is unknown, so nothing is written any more;
 * opening the folder again finds out. The frame whose write threw this may or may not be there then.
 */
public final class JournalBrokenException extends JournalException {
    private static final long serialVersionUID = 1L;

    JournalBrokenException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
