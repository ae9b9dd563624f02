// SPDX-License-Identifier: Apache-2.0
/** One table of all brokers, beside what a user would pick instead, and its picture. */
package dev.millrace.benchmarks.table;
