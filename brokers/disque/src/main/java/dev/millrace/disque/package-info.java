// SPDX-License-Identifier: Apache-2.0
/**
 * The client of Disque 1.0-rc1 and of everything that speaks as it does. {@link dev.millrace.disque.DisqueClient} talks
 * to one node, {@link dev.millrace.disque.DisquePool} to a cluster, {@link dev.millrace.disque.DisqueAsyncClient} keeps
 * many commands in flight. Commands keep Disque's words: add, get, ack, fastack, nack, working.
 */
package dev.millrace.disque;
