// SPDX-License-Identifier: Apache-2.0
package dev.millrace.job;

/**
 * Turns values into payloads and back. Implementations are thread-safe.
 *
 * @param <T> the type of the values
 */
public interface Codec<T> {
    /**
     * Writes a value.
     *
     * @param value the value
     * @return its payload
     * @throws IllegalArgumentException if the value cannot be written; the message names what in it
     */
    Payload encode(T value);

    /**
     * Reads a value.
     *
     * @param payload what {@link #encode} of this or an earlier version of the program wrote
     * @return the value
     * @throws DecodeException if the payload is something else
     */
    T decode(Payload payload);

    /**
     * Text as UTF-8.
     *
     * @return the codec
     */
    static Codec<String> text() {
        return new Codec<>() {
            @Override
            public Payload encode(String value) {
                return Payload.text(value);
            }

            @Override
            public String decode(Payload payload) {
                return payload.text();
            }
        };
    }
}
