// SPDX-License-Identifier: Apache-2.0
/** Measures a broker from the command line. */
package dev.millrace.cli.bench;
