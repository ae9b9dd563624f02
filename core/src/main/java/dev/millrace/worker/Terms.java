// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.Broker;
import java.time.Duration;
import java.time.InstantSource;

/** What all queues of a worker have in common. */
record Terms(Broker broker, InstantSource clock, Limits limits, RetryPolicy retry, Announcer announcer) {
    /** How long a lease is, and how many jobs of a queue are received ahead of free places. */
    record Limits(Duration lease, int readAhead) {}

    Duration lease() {
        return limits.lease();
    }

    int readAhead() {
        return limits.readAhead();
    }
}
