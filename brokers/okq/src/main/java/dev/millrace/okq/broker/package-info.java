// SPDX-License-Identifier: Apache-2.0
/** The broker on okq, and on every server that speaks its protocol. */
package dev.millrace.okq.broker;
