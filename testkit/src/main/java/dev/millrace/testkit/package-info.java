// SPDX-License-Identifier: Apache-2.0
/**
 * For tests of your own jobs: {@link dev.millrace.testkit.ManualTime} in place of a clock, and {@link
 * dev.millrace.testkit.WaitFor} in place of sleeping. The broker for such tests is {@code mem:}, of the embedded module.
 */
package dev.millrace.testkit;
