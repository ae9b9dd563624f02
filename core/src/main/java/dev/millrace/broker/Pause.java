// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

/** What of a queue is paused. */
public enum Pause {
    /** Nothing. */
    NONE,
    /** Producers: enqueueing is refused. */
    IN,
    /** Workers: nothing is handed out. What they have they can settle. */
    OUT,
    /** Both. */
    BOTH
}
