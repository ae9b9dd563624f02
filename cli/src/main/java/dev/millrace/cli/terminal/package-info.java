// SPDX-License-Identifier: Apache-2.0
/** How the command line speaks with people and with programs: streams, tables, JSON lines, progress, lengths of time. */
package dev.millrace.cli.terminal;
