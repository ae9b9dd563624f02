// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import dev.millrace.job.Payload;

/**
 * An entry that is this consumer's.
 *
 * @param id of the entry
 * @param attempt how often it was delivered, this time included
 * @param fields what is in it
 */
record Entry(String id, int attempt, Payload fields) {
    private static final int NEVER = 0;

    /** One that was pending, and that the stream has no more. */
    static Entry gone(String id) {
        return new Entry(id, NEVER, Payload.wrap(new byte[0]));
    }

    boolean isGone() {
        return attempt == NEVER;
    }
}
