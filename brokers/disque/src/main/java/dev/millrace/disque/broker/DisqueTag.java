// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.Parcel;
import dev.millrace.broker.Tag;
import dev.millrace.disque.DisqueJob;

/**
 * What a delivery is to Disque.
 *
 * @param receiver who received it
 * @param job the job as it came, with its id on the server and its node
 * @param parcel what was in its body
 * @param number tells this delivery from every other of the receiver; 0 if it was acknowledged before it was handed out
 */
record DisqueTag(DisqueReceiver receiver, DisqueJob job, Parcel parcel, long number) implements Tag {
    static final long AT_MOST_ONCE = 0;
}
