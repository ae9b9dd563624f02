// SPDX-License-Identifier: Apache-2.0
package dev.millrace.hosting;

import java.util.Map;

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
     * @param headers what to add to the headers of the jobs, or to put in their place; empty changes nothing
     */
    record Enqueue(boolean nack, long delayMillis, Map<String, String> headers) implements Verb {
        /** Keeps the map. */
        public Enqueue {
            headers = Map.copyOf(headers);
        }

        /**
         * Changes no headers.
         *
         * @param nack whether a worker hands them back
         * @param delayMillis after how long
         */
        public Enqueue(boolean nack, long delayMillis) {
            this(nack, delayMillis, Map.of());
        }
    }

    /**
     * Queues jobs that workers have and hand back, before all that are queued; not those that are to be delivered at most
     * once.
     */
    record PutBack() implements Verb {}

    /**
     * Queues jobs again that were handed out and reached nobody, before those of their priority and as if they had not been
     * handed out: those that are to be delivered at most once too.
     */
    record Undeliver() implements Verb {}

    /** Takes queued jobs out of their queue until their retry time. */
    record Dequeue() implements Verb {}

    /**
     * Puts jobs aside, in whatever state they are.
     *
     * @param reason why, for people
     * @param headers what to add to the headers of the jobs, or to put in their place; empty changes nothing
     */
    record Bury(String reason, Map<String, String> headers) implements Verb {
        /** Keeps the map. */
        public Bury {
            headers = Map.copyOf(headers);
        }

        /**
         * Changes no other header.
         *
         * @param reason why, for people
         */
        public Bury(String reason) {
            this(reason, Map.of());
        }
    }

    /** Queues jobs again that were put aside, as if nobody had tried them. */
    record Revive() implements Verb {}
}
