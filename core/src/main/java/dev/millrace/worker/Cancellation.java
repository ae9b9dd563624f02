// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

/** Why a handler is interrupted. */
enum Cancellation {
    /** Its time limit is over: the attempt has failed. */
    TIME_LIMIT,
    /** The job may be another worker's by now. */
    LEASE_LOST,
    /** The worker stops: the attempt does not count. */
    STOPPING
}
