// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

/** When written frames are forced to the disk. All modes do so when the journal is closed. */
public enum Sync {
    /** Before a durable write returns: nothing that was promised is lost, not even when the power fails. */
    ALWAYS,
    /** Once a second: a power failure can lose the last second; a killed process loses nothing. */
    EVERYSEC,
    /**
     * When the operating system likes, and before old segments are thrown away: a power failure can lose what was
     * written since; a killed process loses nothing.
     */
    NEVER
}
