// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A parameter of CONFIG.
 *
 * @param name its name
 * @param get its value as text
 * @param set changes it
 */
record Parameter(String name, Supplier<String> get, Consumer<byte[]> set) {
    /** The value cannot be set to this. */
    static final String INVALID = "ERR invalid";
}
