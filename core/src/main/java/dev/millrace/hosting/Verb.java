// SPDX-License-Identifier: Apache-2.0
package dev.millrace.hosting;

/** What a {@link Call.Change} does to each of its jobs. Immutable and thread-safe. */
public sealed interface Verb {
    /**
     * Ends jobs, in whatever state they are.
     *
     * @param ending {@link Ending#ACKED} or {@link Ending#DELETED}, for those who await it
     */
    record End(Ending ending) implements Verb {}

    /**
     * Queues jobs that are waiting or active, unless they are to be delivered at most once and a worker had them.
     *
     * @param nack whether a worker hands them back, which counts as such, now and not when they are queued
     * @param delayMillis after how long; 0 is at once. A job that was delivered as often as it may be is put aside at once
     */
    record Enqueue(boolean nack, long delayMillis) implements Verb {}

    /** Takes queued jobs out of their queue until their retry time. */
    record Dequeue() implements Verb {}

    /**
     * Puts jobs aside, in whatever state they are.
     *
     * @param reason why, for people
     */
    record Bury(String reason) implements Verb {}
}
