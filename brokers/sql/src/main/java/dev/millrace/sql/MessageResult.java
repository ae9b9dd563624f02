// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

/** Whether a word about a message changed anything. */
public enum MessageResult {
    /** It did. */
    DONE,
    /** There is no such message in such a state: it is unknown, was acknowledged, or is parked. */
    GONE
}
