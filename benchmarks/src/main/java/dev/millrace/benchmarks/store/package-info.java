// SPDX-License-Identifier: Apache-2.0
/** Millrace and its yardsticks behind one face: enqueue jobs, and end them. */
package dev.millrace.benchmarks.store;
