// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import dev.millrace.broker.Broker;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Puts one broker through the contract: opens it, lets its time pass, takes it away and brings it back. Made anew for
 * each test and used by one thread.
 */
public interface BrokerHarness extends AutoCloseable {
    /**
     * What to call the broker in CAPABILITIES.md.
     *
     * @return the scheme of its URL with the colon, such as {@code file:}
     */
    String name();

    /**
     * Opens the broker, with nothing in the queues of {@link #freshQueue}. Called once in a test, unless it is {@link
     * #openOnSystemTime} instead; the contract closes the broker.
     *
     * @return the broker, by the clock that {@link #pass} moves
     */
    Broker open();

    /**
     * The same by the real clock, for tests that watch threads wait.
     *
     * @return the broker
     */
    default Broker openOnSystemTime() {
        return open();
    }

    /**
     * How finely time can be tested.
     *
     * @return the same value each time
     */
    Timing timing();

    /**
     * How long a test waits on real threads before it has failed; also a lease that does not end during a test.
     *
     * @return half a minute, if nothing else is said
     */
    default Duration deadline() {
        return Duration.ofSeconds(30);
    }

    /**
     * Lets time pass for the broker of {@link #open}.
     *
     * @param time how long
     */
    void pass(Duration time);

    /**
     * A queue that no other test uses.
     *
     * @return its name
     */
    default QueueName freshQueue() {
        return new QueueName("q-" + UUID.randomUUID());
    }

    /**
     * Whether jobs survive {@link #reopen} and {@link #crash}.
     *
     * @return true, if nothing else is said; false if they are gone then
     */
    default boolean durable() {
        return true;
    }

    /**
     * Whether a pause survives {@link #reopen} and {@link #crash}, as jobs do.
     *
     * @return true, if nothing else is said
     */
    default boolean keepsPauses() {
        return true;
    }

    /**
     * Whether a delay goes on over {@link #reopen} and {@link #crash}; if not it begins anew, and the time limit of the job is
     * added to it.
     *
     * @return true, if nothing else is said
     */
    default boolean keepsDelays() {
        return true;
    }

    /**
     * How much later than it should a job may be forgotten that expires.
     *
     * @return zero, if nothing else is said
     */
    default Duration lateExpiry() {
        return Duration.ZERO;
    }

    /**
     * Ends program and server in good order and begins them again on the same data.
     *
     * @param broker the broker that was opened last; still open
     * @return another one
     */
    Broker reopen(Broker broker);

    /**
     * Ends program and server as a {@code kill -9} does, with no chance to tidy up, and begins them again on the same data.
     *
     * @param broker the broker that was opened last; still open
     * @return another one
     */
    Broker crash(Broker broker);

    /**
     * For a broker that lives by the real clock: how long {@link #reopen} and {@link #crash} take as a rule. Where one takes
     * longer, what would have to happen at a moment within it is not looked at.
     *
     * @return zero, if nothing else is said
     */
    default Duration outage() {
        return Duration.ZERO;
    }

    /**
     * The server behind the broker that was opened last, to be taken away while that stays open.
     *
     * @return empty if there is none, or if others need it meanwhile
     */
    default Optional<ServerControl> server() {
        return Optional.empty();
    }

    /**
     * Whether jobs are cheap enough for the largest crowds in every run of the tests; elsewhere those come with {@code --long}.
     *
     * @return false, if nothing else is said
     */
    default boolean bearsCrowds() {
        return false;
    }

    /**
     * The size of the largest body that this broker takes.
     *
     * @return bytes, few enough to try it out; empty, if nothing else is said: the broker has no limit of its own
     */
    default OptionalInt largestPayload() {
        return OptionalInt.empty();
    }

    /**
     * How many queues it must bear.
     *
     * @return ten thousand, if nothing else is said
     */
    default int manyQueues() {
        return 10_000;
    }

    /**
     * How many leases it must bear to end at the same time.
     *
     * @return five hundred, if nothing else is said
     */
    default int manyLeases() {
        return 500;
    }

    /**
     * What has reached the broker, to prove that a refusal sent nothing: the bytes on the wire, the size of the log, or
     * what else changes with everything that is sent.
     *
     * @param broker the broker that was opened last
     * @return something that is equal to what an earlier call gave if nothing was sent in between
     */
    Object trace(Broker broker);

    /** Removes what the test left behind; the broker is closed by then. */
    @Override
    void close();
}
