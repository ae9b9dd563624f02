// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.publisher;

/** Which entries may be removed from a stream that is too long. */
public enum Trimming {
    /**
     * Those that no consumer group needs: an entry stays as long as a group was not delivered it or has it pending. A group that
     * is dead makes its stream grow.
     */
    NOT_NEEDED,
    /** All, as MAXLEN does: a group that is behind loses messages. */
    EVERYTHING
}
