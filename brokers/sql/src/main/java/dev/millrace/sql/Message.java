// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import java.time.Instant;

/**
 * A message that was handed out. Immutable and thread-safe if its body is.
 *
 * @param <T> what it is read as
 * @param id its number
 * @param body its columns, read
 * @param attempt how many times it has been handed out, this time included
 * @param priority the lower goes first
 * @param until when it comes again, unless something is said of it
 */
public record Message<T>(long id, T body, long attempt, int priority, Instant until) {}
