// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;

/** How a job comes again. Thread-safe. */
interface Returning {
    /** What the broker says of itself. */
    Capabilities capabilities();

    /** Hands a job back, to come at once. */
    Settled release(Settlement.Release release, OkqTag tag);

    /** Puts a job aside. */
    Settled bury(Settlement.DeadLetter letter, OkqTag tag);
}
