// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.util.OptionalLong;

/**
 * A message that vtgate pushed. Immutable and thread-safe if its body is.
 *
 * @param <T> what it is read as
 * @param id its number
 * @param body its columns, read
 * @param attempt how many times it has been sent, this time included; known if {@code vt_message_cols} in the comment of the table
 *     has {@code epoch} in it
 */
public record VitessMessage<T>(long id, T body, OptionalLong attempt) {}
