// SPDX-License-Identifier: Apache-2.0
/** The command line: one class for each verb, and what they share. */
package dev.millrace.cli;
