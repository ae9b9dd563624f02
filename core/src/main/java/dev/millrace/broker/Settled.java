// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

/** What is known of a settlement. */
public enum Settled {
    /** The broker said yes. */
    CONFIRMED,
    /** It was sent; this broker never says. */
    SENT,
    /** Said too late: the lease had ended, or the job was settled already; this worker's word changed nothing. */
    LOST
}
