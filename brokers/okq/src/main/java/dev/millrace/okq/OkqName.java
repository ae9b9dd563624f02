// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of a queue, or the id of an event within its queue: any bytes, none included. Usually it is text, as UTF-8.
 * Immutable.
 *
 * <p>The server of old has two traps: a queue with a colon in its name is never restored nor listed, and an id with a line
 * break splits the error that names it. The client refuses line breaks; {@link OkqClient} says so of each method.
 */
public final class OkqName {
    private final byte[] bytes;

    private OkqName(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A name that is text.
     *
     * @param text the name, sent as UTF-8
     * @return the name
     */
    public static OkqName of(String text) {
        return new OkqName(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A name that is any bytes.
     *
     * @param bytes the name; copied
     * @return the name
     */
    public static OkqName of(byte[] bytes) {
        return new OkqName(bytes.clone());
    }

    /** Bytes that nobody else keeps. */
    static OkqName owning(byte[] bytes) {
        return new OkqName(bytes);
    }

    /** The bytes themselves, not to be changed. */
    byte[] raw() {
        return bytes;
    }

    /** Refuses what would put an old server's replies out of step. */
    OkqName checked(String what) {
        for (byte b : bytes) {
            if (b == '\r' || b == '\n') {
                throw new IllegalArgumentException(
                        what + " " + this + " has a line break; a server of okq answers that with a broken reply");
            }
        }
        return this;
    }

    /**
     * The name as bytes.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The name as text.
     *
     * @return the bytes read as UTF-8
     */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OkqName name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The name as {@link #text()}, on one line. */
    @Override
    public String toString() {
        return text().replace("\r", "\\r").replace("\n", "\\n");
    }
}
