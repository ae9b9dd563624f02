// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The name of a queue: any bytes, none included. Usually it is text, as UTF-8. Immutable. */
public final class DisqueQueue {
    private final byte[] name;

    private DisqueQueue(byte[] name) {
        this.name = name;
    }

    /**
     * A queue whose name is text.
     *
     * @param name the name, sent as UTF-8
     * @return the queue
     */
    public static DisqueQueue of(String name) {
        return new DisqueQueue(name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A queue whose name is any bytes.
     *
     * @param name the name; copied
     * @return the queue
     */
    public static DisqueQueue of(byte[] name) {
        return new DisqueQueue(name.clone());
    }

    /** Bytes that nobody else keeps. */
    static DisqueQueue owning(byte[] name) {
        return new DisqueQueue(name);
    }

    /** The bytes themselves, not to be changed. */
    byte[] raw() {
        return name;
    }

    /**
     * The name as bytes.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return name.clone();
    }

    /**
     * The name as text.
     *
     * @return the bytes read as UTF-8
     */
    public String text() {
        return new String(name, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DisqueQueue queue && Arrays.equals(name, queue.name);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(name);
    }

    /** The name as {@link #text()}. */
    @Override
    public String toString() {
        return text();
    }
}
