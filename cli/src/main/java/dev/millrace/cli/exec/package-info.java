// SPDX-License-Identifier: Apache-2.0
/** Runs a shell command for each job, as a process group of its own, and ends all of it when it must. */
package dev.millrace.cli.exec;
