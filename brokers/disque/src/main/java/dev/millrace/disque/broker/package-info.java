// SPDX-License-Identifier: Apache-2.0
/** The broker on Disque, and on every server that speaks its protocol. */
package dev.millrace.disque.broker;
