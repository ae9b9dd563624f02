// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

/** A call of a host that may have to wait for jobs. */
interface HostWait extends Taker {
    /** Its caller does not wait for the answer any more; false if that is under way. */
    boolean leave();
}
