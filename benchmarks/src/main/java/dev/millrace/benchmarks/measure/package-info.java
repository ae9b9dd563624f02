// SPDX-License-Identifier: Apache-2.0
/** The tools: rounds, crews, latencies, and what the system counts. They know neither Millrace nor its yardsticks. */
package dev.millrace.benchmarks.measure;
