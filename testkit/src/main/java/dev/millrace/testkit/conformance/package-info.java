// SPDX-License-Identifier: Apache-2.0
/**
 * The contract that every broker must keep. A broker's test is a {@link
 * dev.millrace.testkit.conformance.BrokerHarness} and one class that extends {@link
 * dev.millrace.testkit.conformance.BrokerContract}.
 *
 * <p>Both sides are tested: what a broker says that it can do must hold, and what it says that it cannot must be refused
 * with nothing sent. So there is nothing to skip.
 */
package dev.millrace.testkit.conformance;
