// SPDX-License-Identifier: Apache-2.0
package dev.millrace.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/*
 * Over 300 lines: each thing that a job may ask for is a method that sets it and one that tells it, with their Javadoc.
 */
/**
 * What is to be done: a queue, a payload, and how they are to travel. Immutable and thread-safe: every {@code with…}
 * returns a new job. What a broker cannot do with a job it refuses before anything is sent; only what you ask for is
 * asked of it.
 */
public final class Job {
    /** The lowest priority. */
    public static final int LOWEST_PRIORITY = 0;

    /** The priority of a job that asks for none. */
    public static final int DEFAULT_PRIORITY = 4;

    /** The highest priority: such jobs go first. */
    public static final int HIGHEST_PRIORITY = 9;

    /** The longest header name, in bytes of UTF-8. */
    public static final int MAX_HEADER_NAME_BYTES = 255;

    private static final Travel PLAIN = new Travel();

    private final QueueName queue;
    private final Payload payload;
    private final Map<String, String> headers;
    private final Travel travel;

    private Job(QueueName queue, Payload payload, Map<String, String> headers, Travel travel) {
        this.queue = queue;
        this.payload = payload;
        this.headers = headers;
        this.travel = travel;
    }

    /** How a job is to travel; most jobs share {@link #PLAIN}. Written only while it is being made. */
    private static final class Travel implements Cloneable {
        private @Nullable JobId id;
        private Duration delay = Duration.ZERO;
        private @Nullable Duration expiry;
        private @Nullable Duration timeLimit;
        private boolean front;
        private int priority = DEFAULT_PRIORITY;
        private List<BrokerOption> options = List.of();

        Travel copy() {
            try {
                return (Travel) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /**
     * A job for a queue.
     *
     * @param queue the name of the queue, see {@link QueueName}
     * @param payload what the handler is to get
     * @return the job
     * @throws IllegalArgumentException if the name of the queue breaks a rule
     */
    public static Job of(String queue, Payload payload) {
        return of(new QueueName(queue), payload);
    }

    /**
     * A job for a queue.
     *
     * @param queue the queue
     * @param payload what the handler is to get
     * @return the job
     */
    public static Job of(QueueName queue, Payload payload) {
        return new Job(queue, payload, Map.of(), PLAIN);
    }

    /**
     * The same job, to be handled later.
     *
     * @param delay how long it waits from being enqueued; zero or more, exact to a millisecond
     * @return a new job
     */
    public Job after(Duration delay) {
        Travel changed = travel.copy();
        changed.delay = Durations.notNegative("delay", delay);
        return with(changed);
    }

    /**
     * The same job, to be forgotten once it has expired and no worker has it: before it was taken, or when it comes
     * back. A dead letter does not expire.
     *
     * @param expiry how long it is of use, from being enqueued; above zero
     * @return a new job
     */
    public Job expiringAfter(Duration expiry) {
        Travel changed = travel.copy();
        changed.expiry = Durations.positive("expiry", expiry);
        return with(changed);
    }

    /**
     * The same job with an id of your own: while the broker knows a job with this id, enqueueing another answers that
     * it is a duplicate and stores nothing. An id belongs to one job of the broker, whatever its queue.
     *
     * @param id the id, see {@link JobId}
     * @return a new job
     */
    public Job withId(String id) {
        Travel changed = travel.copy();
        changed.id = new JobId(id);
        return with(changed);
    }

    /**
     * The same job, to be handled before all that wait in its queue with its priority.
     *
     * @return a new job
     */
    public Job atFront() {
        Travel changed = travel.copy();
        changed.front = true;
        return with(changed);
    }

    /**
     * The same job with a priority: in a queue, a job of a higher priority goes first.
     *
     * @param priority {@value #LOWEST_PRIORITY} to {@value #HIGHEST_PRIORITY}; {@value #DEFAULT_PRIORITY} is that of jobs
     *     that ask for none
     * @return a new job
     */
    public Job withPriority(int priority) {
        if (priority < LOWEST_PRIORITY || priority > HIGHEST_PRIORITY) {
            throw new IllegalArgumentException("priority " + priority + " is out of range; give " + LOWEST_PRIORITY
                    + " (last) to " + HIGHEST_PRIORITY + " (first)");
        }
        Travel changed = travel.copy();
        changed.priority = priority;
        return with(changed);
    }

    /**
     * The same job with one header more, or another value for it. Names that begin with {@code millrace-} are
     * Millrace's own.
     *
     * @param name 1 to {@value #MAX_HEADER_NAME_BYTES} bytes of UTF-8
     * @param value any text
     * @return a new job
     */
    public Job withHeader(String name, String value) {
        Headers.check(name, value);
        if (headers.isEmpty()) {
            return new Job(queue, payload, Map.of(name, value), travel);
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Job(queue, payload, Collections.unmodifiableMap(more), travel);
    }

    /**
     * The same job with more headers, or other values for them: as {@link #withHeader} with each of them.
     *
     * @param more names and values, added in the order of the map
     * @return a new job
     */
    public Job withHeaders(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Headers.check(more);
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Job(queue, payload, Collections.unmodifiableMap(all), travel);
    }

    /**
     * The same job with a time limit for one attempt, for brokers that want to know it when the job is enqueued.
     *
     * @param limit how long one attempt may take; above zero
     * @return a new job
     */
    public Job withTimeLimit(Duration limit) {
        Travel changed = travel.copy();
        changed.timeLimit = Durations.positive("time limit", limit);
        return with(changed);
    }

    /**
     * The same job with something only one broker understands; a second option of the same class replaces the first.
     *
     * @param option the option, from that broker's package
     * @return a new job
     */
    public Job with(BrokerOption option) {
        Travel changed = travel.copy();
        List<BrokerOption> options = new ArrayList<>(travel.options);
        options.removeIf(old -> old.getClass() == option.getClass());
        options.add(option);
        changed.options = List.copyOf(options);
        return with(changed);
    }

    private Job with(Travel changed) {
        return new Job(queue, payload, headers, changed);
    }

    /**
     * Where the job goes.
     *
     * @return the queue
     */
    public QueueName queue() {
        return queue;
    }

    /**
     * What the handler is to get.
     *
     * @return the payload
     */
    public Payload payload() {
        return payload;
    }

    /**
     * What travels beside the payload.
     *
     * @return name and value of each header, in the order they were given; cannot be changed
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * The id that the producer chose.
     *
     * @return the id, or empty if the broker is to give one
     */
    public Optional<JobId> id() {
        return Optional.ofNullable(travel.id);
    }

    /**
     * How long the job waits before it can be handled.
     *
     * @return zero or more
     */
    public Duration delay() {
        return travel.delay;
    }

    /**
     * How long the job is of use.
     *
     * @return the time from being enqueued, or empty for ever
     */
    public Optional<Duration> expiry() {
        return Optional.ofNullable(travel.expiry);
    }

    /**
     * How long one attempt may take.
     *
     * @return the limit, or empty if nothing was said
     */
    public Optional<Duration> timeLimit() {
        return Optional.ofNullable(travel.timeLimit);
    }

    /**
     * Whether the job goes before those that wait already.
     *
     * @return true after {@link #atFront()}
     */
    public boolean front() {
        return travel.front;
    }

    /**
     * The priority.
     *
     * @return {@value #LOWEST_PRIORITY} to {@value #HIGHEST_PRIORITY}
     */
    public int priority() {
        return travel.priority;
    }

    /**
     * What only one broker understands.
     *
     * @return the options, at most one of each class; cannot be changed
     */
    public List<BrokerOption> options() {
        return travel.options;
    }

    /** Queue, id and size; never the content. */
    @Override
    public String toString() {
        return "Job[" + queue + (travel.id == null ? "" : ", " + travel.id) + ", " + payload.size() + " bytes]";
    }
}
