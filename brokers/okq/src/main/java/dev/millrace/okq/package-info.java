// SPDX-License-Identifier: Apache-2.0
/** The client of okq: every command with typed results, and subscriptions. */
package dev.millrace.okq;
