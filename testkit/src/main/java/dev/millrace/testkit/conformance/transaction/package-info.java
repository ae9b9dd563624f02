// SPDX-License-Identifier: Apache-2.0
/** What a broker must keep whose jobs lie in the transactions of their users. */
package dev.millrace.testkit.conformance.transaction;
