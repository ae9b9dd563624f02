// SPDX-License-Identifier: Apache-2.0
/**
 * Proves that a broker loses nothing: programs write down what they are about to do and what they were told, and a
 * checker compares that with what the broker holds, also when the programs were killed in the middle.
 */
package dev.millrace.checker;
