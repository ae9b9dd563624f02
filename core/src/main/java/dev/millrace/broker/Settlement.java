// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

import dev.millrace.job.Headers;
import java.time.Duration;
import java.util.Map;

/** What is to become of a delivery. A new case would break every broker's compile, on purpose. */
public sealed interface Settlement {
    /**
     * Which delivery.
     *
     * @return a delivery of the receiver that is asked
     */
    Delivery delivery();

    /**
     * The job is done and may be forgotten.
     *
     * @param delivery which delivery
     */
    record Ack(Delivery delivery) implements Settlement {}

    /**
     * The job is to come again.
     *
     * @param delivery which delivery
     * @param delay after how long; zero is at once
     * @param cause whether this attempt counts
     * @param headers what to add to the job's headers, or to put in their place; empty changes nothing
     */
    record Release(Delivery delivery, Duration delay, Cause cause, Map<String, String> headers) implements Settlement {
        /** Keeps the map and checks it and the delay. */
        public Release {
            headers = Map.copyOf(headers);
            Headers.check(headers);
            if (delay.isNegative()) {
                throw new IllegalArgumentException("delay " + delay + " is negative; give zero or more");
            }
        }

        /**
         * A release that changes no headers.
         *
         * @param delivery which delivery
         * @param delay after how long
         * @param cause whether this attempt counts
         */
        public Release(Delivery delivery, Duration delay, Cause cause) {
            this(delivery, delay, cause, Map.of());
        }
    }

    /**
     * The job is to be put aside until a person decides.
     *
     * @param delivery which delivery
     * @param reason why, for people; kept in the header {@value #REASON_HEADER}
     * @param headers what to add to the job's headers, or to put in their place; empty changes nothing
     */
    record DeadLetter(Delivery delivery, String reason, Map<String, String> headers) implements Settlement {
        /** Keeps the map and checks it. */
        public DeadLetter {
            headers = Map.copyOf(headers);
            Headers.check(headers);
        }

        /**
         * A dead letter that changes no other header.
         *
         * @param delivery which delivery
         * @param reason why, for people
         */
        public DeadLetter(Delivery delivery, String reason) {
            this(delivery, reason, Map.of());
        }
    }

    /** The header in which the dead letters carry their reason. */
    String REASON_HEADER = "millrace-dead-reason";

    /** Why a job comes again. */
    enum Cause {
        /** A handler tried and failed: the attempt counts. */
        FAILED,
        /** No handler tried, or it asked for another time: the attempt does not count. */
        NOT_TRIED
    }
}
