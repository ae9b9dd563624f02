// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

/**
 * What became of a task that was published. Immutable and thread-safe.
 *
 * @param task the task, with its uuid and routing key
 * @param fate what became of it
 */
public record PublishResult(Task task, Fate fate) {
    /** What can become of a task. */
    public enum Fate {
        /** Every queue that is bound to its key has it. */
        STORED,
        /** No queue is bound to its key: nobody has it. */
        UNROUTABLE,
        /** A queue took no more. */
        REFUSED
    }
}
