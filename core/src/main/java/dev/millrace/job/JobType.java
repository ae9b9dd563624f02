// SPDX-License-Identifier: Apache-2.0
package dev.millrace.job;

import java.time.Duration;

/**
 * The contract between the producer and the worker of one kind of job: its name, its queue, how values become payloads,
 * and how long a handler may take. Make it once, as a constant that both sides share. Immutable and thread-safe.
 *
 * @param <T> what a handler gets
 * @param name a name of your own that outlives class names, such as {@code invoice.send}; travels in the header {@value
 *     #HEADER}
 * @param queue where the jobs go
 * @param codec turns values into payloads and back
 * @param timeLimit how long one attempt may take before its handler is interrupted and the attempt has failed; more
 *     than zero
 */
public record JobType<T>(String name, QueueName queue, Codec<T> codec, Duration timeLimit) {
    /** The header that carries the name of the type. */
    public static final String HEADER = "millrace-type";

    /** How long one attempt may take if nothing else is said: five minutes. */
    public static final Duration DEFAULT_TIME_LIMIT = Duration.ofMinutes(5);

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the name is blank or over-long, or the time limit is not positive
     */
    public JobType {
        Names.check("job type", name, QueueName.MAX_BYTES);
        Durations.positive("time limit", timeLimit);
    }

    /**
     * A type with the default time limit.
     *
     * @param <T> what a handler gets
     * @param name its name
     * @param queue where its jobs go
     * @param codec turns values into payloads and back
     * @return the type
     */
    public static <T> JobType<T> of(String name, String queue, Codec<T> codec) {
        return new JobType<>(name, new QueueName(queue), codec, DEFAULT_TIME_LIMIT);
    }

    /**
     * The same type with another time limit.
     *
     * @param limit how long one attempt may take; more than zero
     * @return a new type
     */
    public JobType<T> within(Duration limit) {
        return new JobType<>(name, queue, codec, limit);
    }

    /**
     * A job of this type.
     *
     * @param value what the handler is to get
     * @return the job, to enqueue as it is or to refine
     */
    public Job job(T value) {
        return Job.of(queue, codec.encode(value)).withHeader(HEADER, name).withTimeLimit(timeLimit);
    }
}
