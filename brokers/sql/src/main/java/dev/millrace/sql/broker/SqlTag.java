// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.Tag;

/**
 * What a delivery is to the table.
 *
 * @param receiver who received it
 * @param row the number of the row
 * @param epoch tells this delivery from every other of the job
 * @param number tells it from every other of the receiver; 0 if it had ended before it was handed out
 */
record SqlTag(SqlReceiver receiver, long row, long epoch, long number) implements Tag {
    static final long AT_MOST_ONCE = 0;
}
