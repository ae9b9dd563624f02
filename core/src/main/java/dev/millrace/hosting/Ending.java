// SPDX-License-Identifier: Apache-2.0
package dev.millrace.hosting;

/** How a job ended. */
public enum Ending {
    /** It was acknowledged. */
    ACKED,
    /** It was thrown away by a person or a program. */
    DELETED,
    /** Its time was over. */
    EXPIRED,
    /** It was put aside, with a reason. */
    DEAD,
    /** The host knows no such job: it ended before. */
    UNKNOWN
}
