// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.Broker;
import java.time.Duration;
import java.time.InstantSource;

/** What all queues of a worker have in common. */
record Terms(Broker broker, InstantSource clock, Duration lease, RetryPolicy retry, Announcer announcer) {}
