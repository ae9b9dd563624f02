// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * A subscription at work. One thread at a time receives; any thread settles, also while another receives.
 */
public interface Receiver extends AutoCloseable {
    /**
     * Waits for jobs. Deliveries that were received and are not settled count against {@link
     * Subscription#maxInFlight()}.
     *
     * @param max how many at most; 1 or more
     * @param patience how long to wait for the first; zero asks once
     * @return the deliveries, as soon as there is one; empty if time ran out or the receiver was closed
     * @throws IllegalArgumentException if {@code max} is below 1 or the patience is negative
     * @throws InterruptedException if the thread was interrupted; no job is lost by that
     * @throws BrokerException if the broker failed
     */
    List<Delivery> receive(int max, Duration patience) throws InterruptedException;

    /**
     * For brokers: refuses what {@link #receive} must not be asked for.
     *
     * @param max how many at most
     * @param patience how long to wait for the first
     * @throws IllegalArgumentException if {@code max} is below 1 or the patience is negative
     */
    static void check(int max, Duration patience) {
        Inspectable.atLeastOne(max);
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience " + patience + " is negative; give zero or more");
        }
    }

    /**
     * For brokers: what a delivery is to the broker, refused if another receiver gave it.
     *
     * @param <T> the broker's own tag
     * @param delivery which
     * @param type of the broker's own tag
     * @param isOwn whether a tag is of this receiver
     * @return the tag
     * @throws IllegalArgumentException if it is another's
     */
    static <T extends Tag> T tag(Delivery delivery, Class<T> type, Predicate<T> isOwn) {
        Tag tag = delivery.tag();
        if (type.isInstance(tag) && isOwn.test(type.cast(tag))) {
            return type.cast(tag);
        }
        throw new IllegalArgumentException(delivery + " is not of this receiver; settle it where it was received");
    }

    /**
     * Says what became of deliveries.
     *
     * @param settlements what is to happen, for deliveries of this receiver
     * @return one answer per settlement, in order
     * @throws IllegalArgumentException if a delivery is another receiver's; then none was settled
     * @throws BrokerException if it is not known what became of them; settling again is harmless
     */
    List<Settled> settle(List<Settlement> settlements);

    /**
     * Ends the subscription and wakes a thread that receives; closing twice is allowed. Jobs that were received and not
     * settled are not lost: they come again, at the latest when their lease has ended.
     */
    @Override
    void close();
}
