// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

/**
 * How a queue stands (QSTATUS).
 *
 * @param queue which
 * @param total how many events it has, those with consumers included
 * @param processing how many are with consumers
 * @param consumers how many connections are registered for it
 */
public record OkqQueueStatus(OkqName queue, long total, long processing, long consumers) {}
