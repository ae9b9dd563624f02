// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Tag;

/**
 * Finds a delivery again.
 *
 * @param receiver whose it is
 * @param slot where the engine keeps the job
 * @param sequence the job's number: tells it from a later job in the same slot
 * @param token the lease: tells it from a later delivery of the same job
 */
record EmbeddedTag(EmbeddedReceiver receiver, int slot, long sequence, int token) implements Tag {
    /** The token of a delivery that is gone from the broker already. */
    static final int AT_MOST_ONCE = -1;
}
