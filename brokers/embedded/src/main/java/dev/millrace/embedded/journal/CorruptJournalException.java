// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

/** Bytes that were safely on the disk are not what they were. The message says where and what to do. */
public final class CorruptJournalException extends JournalException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;

    CorruptJournalException(String file, long offset, String what) {
        super(
                "journal file " + file + " is damaged at byte " + offset + ": " + what
                        + ". Restore the folder from a backup, or open it once with ?salvage=true,"
                        + " which skips the damaged bytes and says how many",
                null);
        this.file = file;
        this.offset = offset;
    }

    /** The damaged file. */
    public String file() {
        return file;
    }

    /** Where in the file the damage begins. */
    public long offset() {
        return offset;
    }
}
