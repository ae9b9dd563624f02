// SPDX-License-Identifier: Apache-2.0
/** Clients of Disque as contestants, each in a process of its own. */
package dev.millrace.benchmarks.clients;
