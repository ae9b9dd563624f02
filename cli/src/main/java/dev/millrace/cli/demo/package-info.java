// SPDX-License-Identifier: Apache-2.0
/**
 * The demonstration: real jobs, failures on purpose, a worker killed half-way, and a proof that nothing was lost. What the
 * handlers did is written to files of results, which the broker knows nothing of; the verdict comes from them.
 */
package dev.millrace.cli.demo;
