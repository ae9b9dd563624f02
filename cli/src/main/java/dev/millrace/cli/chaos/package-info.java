// SPDX-License-Identifier: Apache-2.0
/** The proof that a broker loses nothing: programs that are killed while jobs flow, and a verdict. */
package dev.millrace.cli.chaos;
