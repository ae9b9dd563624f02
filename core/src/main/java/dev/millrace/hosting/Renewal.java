// SPDX-License-Identifier: Apache-2.0
package dev.millrace.hosting;

/**
 * What became of a {@link Call.Renew}. Immutable and thread-safe.
 *
 * @param outcome whether the job is the worker's for longer
 * @param retryMillis the retry time that began anew; 0 if the job has none
 */
public record Renewal(Outcome outcome, long retryMillis) {
    /** Whether a job is the worker's for longer. */
    public enum Outcome {
        /** Its retry time began anew. */
        RENEWED,
        /** The host knows no such job. */
        UNKNOWN,
        /** More than half of its life is over: it may not be held back any longer. */
        TOO_LATE
    }
}
