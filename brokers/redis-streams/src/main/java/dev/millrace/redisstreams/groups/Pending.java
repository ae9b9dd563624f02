// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import dev.millrace.resp.client.Replies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry that somebody has and did not acknowledge, as XPENDING shows it.
 *
 * @param id of the entry
 * @param count how often it was delivered
 */
record Pending(String id, int count) {
    private static final int COUNT = 3;

    static Pending of(@Nullable Object reply) {
        List<?> parts = Replies.list(reply);
        return new Pending(
                Replies.text(parts.get(0)), (int) Math.min(Integer.MAX_VALUE, Replies.number(parts.get(COUNT))));
    }

    /** The same, delivered so many times more. */
    Pending raised(int more) {
        return new Pending(id, Math.min(count, Integer.MAX_VALUE - more) + more);
    }
}
