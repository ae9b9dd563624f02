// SPDX-License-Identifier: Apache-2.0
/** The protocol of okq: its commands, for a port that has others too, and for one that has no others. */
package dev.millrace.server.okq;
