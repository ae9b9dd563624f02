// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A job to be added (ADDJOB) with its options. What is not set is left to the server: a time to live of a day, a retry
 * after a tenth of that but at most five minutes, no delay, copies on up to three nodes.
 *
 * <p>The protocol knows whole seconds for delay, retry and time to live, and milliseconds for the timeout. What lies
 * between is rounded up, never down. Immutable: each {@code with} gives another one.
 */
public final class AddJob {
    /** How long copies may take if nothing else is said: five seconds. */
    public static final Duration REPLICATION_TIMEOUT = Duration.ofSeconds(5);

    private static final int MOST_NODES = 65_535;

    private final DisqueQueue queue;
    private final byte[] body;
    /** In the protocol's units, what was set. */
    private final EnumMap<Option, Long> settings;

    /** What can be set, in the order in which it is sent. */
    enum Option {
        TIMEOUT,
        REPLICATE,
        DELAY,
        RETRY,
        TTL,
        MAXLEN,
        ASYNC
    }

    private AddJob(DisqueQueue queue, byte[] body, EnumMap<Option, Long> settings) {
        this.queue = queue;
        this.body = body;
        this.settings = settings;
    }

    /**
     * A job without options.
     *
     * @param queue where it is to wait
     * @param body any bytes; not copied, so do not change them before the job has been added
     * @return the job
     */
    public static AddJob to(DisqueQueue queue, byte[] body) {
        EnumMap<Option, Long> settings = new EnumMap<>(Option.class);
        settings.put(Option.TIMEOUT, REPLICATION_TIMEOUT.toMillis());
        return new AddJob(queue, body, settings);
    }

    /**
     * A job without options.
     *
     * @param queue where it is to wait
     * @param body any bytes; not copied, so do not change them before the job has been added
     * @return the job
     */
    public static AddJob to(String queue, byte[] body) {
        return to(DisqueQueue.of(queue), body);
    }

    /**
     * A job whose body is text.
     *
     * @param queue where it is to wait
     * @param body sent as UTF-8
     * @return the job
     */
    public static AddJob to(String queue, String body) {
        return to(DisqueQueue.of(queue), body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * How long copies on other nodes may take before the job is refused with {@link NoReplException}.
     *
     * @param timeout zero, meaning until the job's own life ends, to 2,147,483,647 ms; {@link #REPLICATION_TIMEOUT} if
     *     not set
     * @return the job with it
     */
    public AddJob withReplicationTimeout(Duration timeout) {
        return with(Option.TIMEOUT, Units.millisUp("the replication timeout", timeout));
    }

    /**
     * On how many nodes the job is to be kept (REPLICATE).
     *
     * @param nodes 1 to 65,535
     * @return the job with it
     */
    public AddJob withReplicas(int nodes) {
        Units.inRange("the number of replicas", nodes, 1, MOST_NODES);
        return with(Option.REPLICATE, nodes);
    }

    /**
     * How long the job waits before it can be delivered (DELAY).
     *
     * @param delay zero to 2,147,483,647 seconds, and less than the time to live, or the server refuses it
     * @return the job with it
     */
    public AddJob withDelay(Duration delay) {
        return with(Option.DELAY, Units.secondsUp("the delay", delay, 0, Units.MOST));
    }

    /**
     * After which time without acknowledgement the job is delivered again (RETRY). Disque counts from the moment at
     * which the job is queued, not from its delivery, and is up to a quarter of a second early or late.
     *
     * @param retry more than zero, at most 4,294,967 seconds; for at most once see {@link #atMostOnce()}
     * @return the job with it
     */
    public AddJob withRetry(Duration retry) {
        return with(Option.RETRY, Units.secondsUp("the retry time", retry, 1, Units.MOST_RETRY_SECONDS));
    }

    /**
     * The job is delivered once or never (RETRY 0). It is kept on one node (REPLICATE 1) unless {@link
     * #withReplicas(int)} says otherwise, which a server refuses.
     *
     * @return the job with it
     */
    public AddJob atMostOnce() {
        return with(Option.RETRY, 0);
    }

    /**
     * After which time the job is dropped even if nobody had it (TTL).
     *
     * @param ttl more than zero, at most 2,147,483,647 seconds
     * @return the job with it
     */
    public AddJob withTimeToLive(Duration ttl) {
        return with(Option.TTL, Units.secondsUp("the time to live", ttl, 1, Units.MOST));
    }

    /**
     * Refuses the job with {@link MaxLenException} if already so many jobs wait in the queue on that node (MAXLEN).
     *
     * @param jobs 1 to 2,147,483,647
     * @return the job with it
     */
    public AddJob withMaxLength(int jobs) {
        Units.inRange("the maximal length", jobs, 1, Integer.MAX_VALUE);
        return with(Option.MAXLEN, jobs);
    }

    /**
     * The reply does not wait for copies on other nodes (ASYNC).
     *
     * @return the job with it
     */
    public AddJob async() {
        return with(Option.ASYNC, 1);
    }

    private AddJob with(Option option, long value) {
        EnumMap<Option, Long> changed = settings.clone();
        changed.put(option, value);
        return new AddJob(queue, body, changed);
    }

    /** In the protocol's unit; zero if it was not set. */
    long setting(Option option) {
        return settings.getOrDefault(option, 0L);
    }

    boolean has(Option option) {
        return settings.containsKey(option);
    }

    /**
     * Where the job is to wait.
     *
     * @return its queue
     */
    public DisqueQueue queue() {
        return queue;
    }

    /**
     * What the job says.
     *
     * @return the bytes that were given, not a copy
     */
    public byte[] body() {
        return body;
    }

    /**
     * On how many nodes the job is to be kept.
     *
     * @return empty if that is left to the server
     */
    public OptionalInt replicas() {
        if (has(Option.REPLICATE)) {
            return OptionalInt.of((int) setting(Option.REPLICATE));
        }
        return has(Option.RETRY) && setting(Option.RETRY) == 0 ? OptionalInt.of(1) : OptionalInt.empty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddJob job
                && queue.equals(job.queue)
                && Arrays.equals(body, job.body)
                && settings.equals(job.settings);
    }

    @Override
    public int hashCode() {
        return queue.hashCode() * 31 + settings.hashCode();
    }

    @Override
    public String toString() {
        return "AddJob[" + queue + ", " + body.length + " bytes, " + settings + "]";
    }
}
