// SPDX-License-Identifier: Apache-2.0
/**
 * What a server of other protocols asks of a broker: jobs by number, calls in turns, waits without threads. Programs that
 * enqueue and work do not need it.
 */
package dev.millrace.hosting;
