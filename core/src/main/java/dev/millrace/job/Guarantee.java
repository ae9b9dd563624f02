// SPDX-License-Identifier: Apache-2.0
package dev.millrace.job;

/** What a worker asks for: what may happen to a job when a worker dies in the middle of it. */
public enum Guarantee {
    /** The job comes again until it is acknowledged; it can be handled twice. The default. */
    AT_LEAST_ONCE,
    /** The job is gone from the broker before the handler sees it; it can be lost, and is never handled twice. */
    AT_MOST_ONCE
}
