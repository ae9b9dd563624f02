// SPDX-License-Identifier: Apache-2.0
package dev.millrace.job;

/**
 * Something that only one broker can do with a job. Each broker's module has its own; the import shows the lock-in, and
 * every other broker refuses the job with {@code UnsupportedFeatureException} before anything is sent.
 * Implementations are immutable records.
 */
public interface BrokerOption {
    /**
     * The broker that understands this option.
     *
     * @return the scheme of its URL, such as {@code disque}
     */
    String broker();
}
