// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.time.Duration;

/** What is to become of a job after an attempt. Immutable and thread-safe. */
public sealed interface Outcome {
    /** The job is done. */
    record Done() implements Outcome {
        private static final Done DONE = new Done();
    }

    /**
     * This attempt failed and counts; the job comes again, unless the {@link RetryPolicy} gives up.
     *
     * @param delay after how long; zero or more, in place of the policy's own delay
     * @param reason why, for people; kept in the attempt history
     */
    record Retry(Duration delay, String reason) implements Outcome {
        /**
         * Checks the delay.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Retry {
            notNegative("retry", delay);
        }
    }

    /**
     * Not now: the job comes again, and this attempt does not count.
     *
     * @param delay after how long; zero or more
     */
    record Snooze(Duration delay) implements Outcome {
        /**
         * Checks the delay.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Snooze {
            notNegative("snooze", delay);
        }
    }

    /**
     * The job is put aside until a person decides.
     *
     * @param reason why, for people
     */
    record DeadLetter(String reason) implements Outcome {}

    /**
     * The job is done.
     *
     * @return the outcome
     */
    static Outcome done() {
        return Done.DONE;
    }

    /**
     * This attempt failed and counts; the job comes again, unless the {@link RetryPolicy} gives up.
     *
     * @param delay after how long; zero or more, in place of the policy's own delay
     * @param reason why, for people; kept in the attempt history
     * @return the outcome
     */
    static Outcome retry(Duration delay, String reason) {
        return new Retry(delay, reason);
    }

    /**
     * Not now: the job comes again, and this attempt does not count.
     *
     * @param delay after how long; zero or more
     * @return the outcome
     */
    static Outcome snooze(Duration delay) {
        return new Snooze(delay);
    }

    /**
     * The job is put aside until a person decides.
     *
     * @param reason why, for people
     * @return the outcome
     */
    static Outcome deadLetter(String reason) {
        return new DeadLetter(reason);
    }

    private static void notNegative(String what, Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException(what + " delay " + delay + " is negative; give zero or more");
        }
    }
}
