// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

/**
 * Reads the columns of a message. Called by whoever takes; thread-safe if several do.
 *
 * @param <T> what it is read as
 */
@FunctionalInterface
public interface VitessRowReader<T> {
    /**
     * Reads one.
     *
     * @param row the message
     * @return what it is read as
     */
    T read(VitessRow row);
}
