// SPDX-License-Identifier: Apache-2.0
/** One class for each figure. */
package dev.millrace.benchmarks.figure;
