// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import java.time.Duration;

/**
 * How messages are taken; the words are those of Vitess. Immutable and thread-safe.
 *
 * @param ackWait how long whoever took a message has to say something of it, at least; above zero
 * @param minBackoff what is added to that, twice as much each time that a message is taken
 * @param maxBackoff what is added at most
 * @param purgeAfter how long messages that are done stay in the table
 * @param poll how long a subscription waits at most before it looks, when nobody in this process added anything
 */
public record SubscriptionOptions(
        Duration ackWait, Duration minBackoff, Duration maxBackoff, Duration purgeAfter, Duration poll) {
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** What is said if nothing else is: half a minute, half a minute, an hour, a day, a quarter of a second. */
    public static final SubscriptionOptions DEFAULT = new SubscriptionOptions(
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofHours(1),
            Duration.ofDays(1),
            Duration.ofMillis(250));

    /**
     * Checks the lengths.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public SubscriptionOptions {
        check("ackWait", ackWait, Duration.ofNanos(1));
        check("minBackoff", minBackoff, Duration.ZERO);
        check("maxBackoff", maxBackoff, minBackoff);
        check("purgeAfter", purgeAfter, Duration.ZERO);
        check("poll", poll, Duration.ofMillis(1));
    }

    private static void check(String what, Duration given, Duration least) {
        if (given.compareTo(least) < 0 || given.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    what + " " + given + " is out of range; give " + least + " to " + LONGEST.toDays() + " days");
        }
    }

    /**
     * The same with another wait for acknowledgements.
     *
     * @param length above zero
     * @return new options
     */
    public SubscriptionOptions withAckWait(Duration length) {
        return new SubscriptionOptions(length, minBackoff, maxBackoff, purgeAfter, poll);
    }

    /**
     * The same with other pauses between attempts.
     *
     * @param shortest zero or more
     * @param longest at least as much
     * @return new options
     */
    public SubscriptionOptions withBackoff(Duration shortest, Duration longest) {
        return new SubscriptionOptions(ackWait, shortest, longest, purgeAfter, poll);
    }

    /**
     * The same with another time after which messages that are done are forgotten.
     *
     * @param length zero or more
     * @return new options
     */
    public SubscriptionOptions withPurgeAfter(Duration length) {
        return new SubscriptionOptions(ackWait, minBackoff, maxBackoff, length, poll);
    }

    /**
     * The same with another poll.
     *
     * @param longest 1 ms or more
     * @return new options
     */
    public SubscriptionOptions withPoll(Duration longest) {
        return new SubscriptionOptions(ackWait, minBackoff, maxBackoff, purgeAfter, longest);
    }
}
