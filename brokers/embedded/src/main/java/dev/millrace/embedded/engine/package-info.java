// SPDX-License-Identifier: Apache-2.0
/**
 * Queues, leases and delays as a pure state machine: no I/O, no threads, and time is an argument. One caller at a time.
 * Knows where a job's body lies, never what it says.
 */
package dev.millrace.embedded.engine;
