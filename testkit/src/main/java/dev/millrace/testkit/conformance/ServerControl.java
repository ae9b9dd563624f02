// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

/**
 * Takes the server of a broker away, while the broker stays open, and brings it back.
 *
 * @param kill ends it as {@code kill -9} does
 * @param restart starts it again, at its address and on its data; returns when it listens
 */
public record ServerControl(Runnable kill, Runnable restart) {}
