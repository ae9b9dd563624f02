// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import dev.millrace.redisstreams.GroupStart;
import java.time.Duration;

/**
 * Who reads, and how.
 *
 * @param group the consumer group
 * @param consumer the name in it
 * @param start where a group begins that does not exist
 * @param reading how new entries are read
 * @param claiming how pending ones are taken over
 */
public record GroupTerms(String group, String consumer, GroupStart start, Reading reading, Claiming claiming) {
    /**
     * How new entries are read.
     *
     * @param timeout how long one read waits at the server; zero for as long as the caller has patience
     * @param buffer how many are read at once at least; 0 for as many as there is room for
     */
    public record Reading(Duration timeout, int buffer) {}

    /**
     * How pending entries are taken over.
     *
     * @param pendingTimeout after which time without a word an entry is anybody's
     * @param interval how often such are looked for; zero for never
     */
    public record Claiming(Duration pendingTimeout, Duration interval) {
        long pendingMillis() {
            return pendingTimeout.toMillis();
        }
    }
}
