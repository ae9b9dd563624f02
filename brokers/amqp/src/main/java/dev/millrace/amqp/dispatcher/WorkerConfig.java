// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import dev.millrace.amqp.AmqpTopology;
import dev.millrace.worker.RetryPolicy;
import java.time.Duration;
import java.util.List;

/**
 * How a worker is to be. Immutable and thread-safe; each {@code with…} returns another.
 *
 * @param name what to call it; the server shows it as the consumer tag
 * @param queue from which queue, with the keys that are bound to it; both are declared when the worker starts
 * @param limit how many tasks it does at once; 3 unless said otherwise
 * @param retry what follows a failed attempt; {@link RetryPolicy#standard()} unless said otherwise
 * @param unknown what becomes of tasks that it does not know
 */
public record WorkerConfig(String name, AmqpTopology.Queue queue, int limit, RetryPolicy retry, Unknown unknown) {
    private static final int LIMIT = 3;

    /** Checks the parts. */
    public WorkerConfig {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the worker has no name; give one");
        }
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "the limit " + limit + " of worker " + name + " is out of range; give 1 or more");
        }
    }

    /**
     * What becomes of tasks whose name a worker does not know: they are handed back, for another may know them, and after so
     * many times put aside.
     *
     * @param delay after how long they come again; zero or more
     * @param times how many times they may come in all; 1 or more
     */
    public record Unknown(Duration delay, int times) {
        /** Checks the parts. */
        public Unknown {
            if (delay.isNegative() || times < 1) {
                throw new IllegalArgumentException("unknown tasks cannot come again after " + delay + ", " + times
                        + " times in all; give zero or more, and 1 or more");
            }
        }
    }

    /**
     * A worker with the defaults; unknown tasks come again after 5 seconds, 10 times in all.
     *
     * @param name what to call it
     * @param queue from which queue
     * @param bindingKeys the keys that are bound to the queue
     * @return the configuration
     */
    public static WorkerConfig of(String name, String queue, String... bindingKeys) {
        return new WorkerConfig(
                name,
                new AmqpTopology.Queue(queue, List.of(bindingKeys)),
                LIMIT,
                RetryPolicy.standard(),
                new Unknown(Duration.ofSeconds(5), 10));
    }

    /**
     * How many tasks it does at once.
     *
     * @param tasks 1 or more
     * @return the configuration with it
     */
    public WorkerConfig withLimit(int tasks) {
        return new WorkerConfig(name, queue, tasks, retry, unknown);
    }

    /**
     * What follows a failed attempt.
     *
     * @param policy decides
     * @return the configuration with it
     */
    public WorkerConfig withRetry(RetryPolicy policy) {
        return new WorkerConfig(name, queue, limit, policy, unknown);
    }

    /**
     * What becomes of tasks that it does not know.
     *
     * @param rule how often and when they come again
     * @return the configuration with it
     */
    public WorkerConfig withUnknown(Unknown rule) {
        return new WorkerConfig(name, queue, limit, retry, rule);
    }
}
