// SPDX-License-Identifier: Apache-2.0
package dev.millrace.broker;

/** Where a job is in its life. */
public enum JobState {
    /** Its delay is not over. */
    WAITING,
    /** The next worker gets it. */
    READY,
    /** A worker has it. */
    LEASED,
    /** It was put aside, with a reason. */
    DEAD
}
