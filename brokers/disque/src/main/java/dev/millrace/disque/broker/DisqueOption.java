// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.job.BrokerOption;
import java.time.Duration;

/** What only Disque can do with a job: the words of ADDJOB. Immutable and thread-safe. */
public sealed interface DisqueOption extends BrokerOption {
    /** The name of this broker in options. */
    String BROKER = "disque";

    @Override
    default String broker() {
        return BROKER;
    }

    /**
     * On how many nodes the job is kept (REPLICATE); the broker's own number if a job does not say.
     *
     * @param nodes 1 to 65,535
     */
    record Replicas(int nodes) implements DisqueOption {
        /** Checks the number. */
        public Replicas {
            if (nodes < 1 || nodes > 65_535) {
                throw new IllegalArgumentException("replicas " + nodes + " is out of range; give 1 to 65535");
            }
        }
    }

    /** The answer does not wait for the copies on other nodes (ASYNC): a node that dies at once takes the job with it. */
    record Async() implements DisqueOption {}

    /**
     * The job is refused if as many are queued already on the node that is asked (MAXLEN).
     *
     * @param jobs 1 or more
     */
    record MaxLength(int jobs) implements DisqueOption {
        /** Checks the number. */
        public MaxLength {
            if (jobs < 1) {
                throw new IllegalArgumentException("max length " + jobs + " is out of range; give 1 or more");
            }
        }
    }

    /**
     * After how long without acknowledgement the job comes again (RETRY), whatever time limit it has.
     *
     * @param time above zero; whole seconds, rounded up
     */
    record Retry(Duration time) implements DisqueOption {
        /** Checks the time. */
        public Retry {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("retry " + time + " is out of range; give a time above zero");
            }
        }
    }
}
