// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.Parcel;
import dev.millrace.broker.Tag;
import dev.millrace.okq.OkqEvent;

/**
 * What a delivery is to okq.
 *
 * @param receiver who received it
 * @param event the event as it came
 * @param parcel what was in its contents
 * @param number tells this delivery from every other of the receiver; 0 if it had ended before it was handed out
 */
record OkqTag(OkqReceiver receiver, OkqEvent event, Parcel parcel, long number) implements Tag {
    static final long AT_MOST_ONCE = 0;
}
