// SPDX-License-Identifier: Apache-2.0
/**
 * The broker inside your program: {@code file:DIR} keeps jobs in a directory and survives a crash, {@code mem:} keeps
 * them in memory.
 */
package dev.millrace.embedded;
