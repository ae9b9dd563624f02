// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import java.time.Duration;
import java.time.Instant;

/**
 * A job that was handed out and is not settled.
 *
 * @param number its number
 * @param delivery how it came
 * @param receiver who can settle it
 * @param until when its lease ends, as far as it is known
 * @param lease how long that was
 */
record Held(long number, Delivery delivery, Receiver receiver, Instant until, Duration lease) {
    /** The same, held for longer. */
    Held extended(Instant end) {
        return new Held(number, delivery, receiver, end, lease);
    }
}
