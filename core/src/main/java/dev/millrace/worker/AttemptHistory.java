// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

/**
 * The headers in which a job carries what went wrong so far, on brokers that carry headers. Times are ISO-8601 in UTC by
 * the clock of the worker.
 */
public final class AttemptHistory {
    /** How the first failed attempt ended. */
    public static final String FIRST_ERROR = "millrace-first-error";

    /** When that was. */
    public static final String FIRST_FAILED_AT = "millrace-first-failed-at";

    /** How the last failed attempt ended. */
    public static final String LAST_ERROR = "millrace-last-error";

    /** When that was. */
    public static final String LAST_FAILED_AT = "millrace-last-failed-at";

    /** How many attempts failed, on brokers that do not count them themselves. */
    public static final String ATTEMPTS = "millrace-attempts";

    /** The longest text of an error that is kept, also of a dead letter's reason, in characters; the rest is cut off. */
    public static final int MAX_ERROR_CHARS = 1_000;

    private AttemptHistory() {}
}
