// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.LeaseExtending;
import dev.millrace.job.BrokerOption;
import java.time.Duration;

/** What only the embedded broker can do with a job. Immutable and thread-safe. */
public sealed interface EmbeddedOption extends BrokerOption {
    /** The name of this broker in options. */
    String BROKER = "embedded";

    @Override
    default String broker() {
        return BROKER;
    }

    /** From when a lease counts. */
    enum LeaseClock {
        /** From the delivery: every worker has the whole of it. */
        FROM_DELIVERY,
        /**
         * From when the job became ready, in steps of the lease: the job comes again at fixed times, however late a
         * worker took it. This is how Disque counts {@code RETRY}.
         */
        FROM_QUEUEING
    }

    /**
     * The job has a lease of its own, whatever its receiver asks for.
     *
     * @param length how long; above zero, exact to a millisecond
     * @param clock from when it counts
     */
    record Lease(Duration length, LeaseClock clock) implements EmbeddedOption {
        /** Checks the length. */
        public Lease {
            LeaseExtending.aboveZero(length);
        }
    }

    /**
     * The job is refused if its queue holds as many unfinished jobs already. Those in the dead letters do not count.
     *
     * @param jobs how many; 1 or more
     */
    record QueueLimit(long jobs) implements EmbeddedOption {
        /** Checks the number. */
        public QueueLimit {
            if (jobs < 1) {
                throw new IllegalArgumentException("queue limit " + jobs + " is out of range; give 1 or more");
            }
        }
    }
}
