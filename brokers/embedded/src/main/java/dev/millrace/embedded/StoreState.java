// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

/**
 * What is true of a store as a whole and must outlive its oldest segments.
 *
 * @param name begins the ids that the store gives
 * @param nextSequence no job has this number or a higher one
 * @param present the latest moment that the store has seen, in milliseconds since 1970
 */
record StoreState(String name, long nextSequence, long present) {}
