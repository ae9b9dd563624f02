// SPDX-License-Identifier: Apache-2.0
/** What explains the figures: single steps, by JMH. {@code benchmarks/run micro} runs them. */
package dev.millrace.benchmarks.micro;
