// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import org.jspecify.annotations.Nullable;

/**
 * The answer about one pending entry.
 *
 * @param id of the entry
 * @param fate whether it was to be had
 * @param entry what was had; null otherwise
 */
record Taken(String id, Fate fate, @Nullable Entry entry) {}
