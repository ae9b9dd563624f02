// SPDX-License-Identifier: Apache-2.0
/** Servers that speak Disque's protocol, ours and the real one, as processes; and clients that put load on them. */
package dev.millrace.benchmarks.served;
