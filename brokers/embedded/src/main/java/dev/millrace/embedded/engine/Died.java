// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

/**
 * A job was put aside because it had been delivered as often as it may be.
 *
 * @param sequence its number
 * @param since when
 */
public record Died(long sequence, long since) {}
