// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.resp.client.Replies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What {@code take.lua} replies.
 *
 * @param spot from where to wait if there was less than asked for
 * @param leaseEnd when the leases end, by the clock of Redis
 * @param deliveries what there was
 */
record Taken(Spot spot, Instant leaseEnd, List<Entry> deliveries) {
    private static final int PARTS = 7;

    /**
     * A delivery.
     *
     * @param id of the entry
     * @param count how often it was delivered by now
     * @param attempt 1 for the first, those that did not count left out
     * @param fields what is in it
     */
    record Entry(String id, long count, int attempt, Fields fields) {
        static Entry again(@Nullable Object reply) {
            List<?> parts = Replies.list(reply);
            return new Entry(
                    Replies.text(parts.get(0)),
                    Replies.number(parts.get(1)),
                    Replies.smallNumber(parts.get(2)),
                    Fields.of(parts.get(3), parts.get(4)));
        }

        static Entry fresh(@Nullable Object reply) {
            List<?> parts = Replies.list(reply);
            return new Entry(Replies.text(parts.get(0)), 1, 1, Fields.of(parts.get(1), null));
        }
    }

    /** Reads the reply that came at this moment of the steady clock. */
    static Taken of(@Nullable Object reply, long now) {
        List<?> parts = Replies.list(reply);
        if (parts.size() != PARTS) {
            throw Replies.unexpected("what a queue gave", reply);
        }
        List<Entry> deliveries = new ArrayList<>();
        Replies.list(parts.get(5)).forEach(each -> deliveries.add(Entry.again(each)));
        Replies.list(parts.get(6)).forEach(each -> deliveries.add(Entry.fresh(each)));
        return new Taken(
                new Spot(
                        Replies.number(parts.get(0)) == 1,
                        due(Replies.number(parts.get(1)), now),
                        Replies.text(parts.get(2)),
                        Replies.text(parts.get(3))),
                Instant.ofEpochMilli(Long.parseLong(Replies.text(parts.get(4)))),
                deliveries);
    }

    private static long due(long millis, long now) {
        return millis < 0 || millis > TimeUnit.DAYS.toMillis(1)
                ? Spot.NEVER
                : now + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
