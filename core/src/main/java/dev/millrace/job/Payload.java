// SPDX-License-Identifier: Apache-2.0
package dev.millrace.job;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The body of a job: bytes that Millrace carries and never looks into. Immutable and thread-safe; equal if the bytes
 * are. How large it may be is the broker's word (the embedded broker takes 64 MiB by default).
 */
public final class Payload {
    private static final Payload EMPTY = new Payload(new byte[0]);

    private final byte[] content;

    private Payload(byte[] content) {
        this.content = content;
    }

    /**
     * A payload with these bytes, which are copied.
     *
     * @param bytes the content, from empty upwards
     * @return the payload
     */
    public static Payload of(byte[] bytes) {
        return new Payload(bytes.clone());
    }

    /**
     * A payload around this very array: for brokers and codecs that made the array and give it away.
     *
     * @param bytes the content; must never be written to again
     * @return the payload
     */
    public static Payload wrap(byte[] bytes) {
        return new Payload(bytes);
    }

    /**
     * A payload with this text as UTF-8.
     *
     * @param text the content
     * @return the payload
     * @throws IllegalArgumentException if the text has a lone surrogate, which UTF-8 cannot carry
     */
    public static Payload text(String text) {
        Names.utf8Length("payload text", text);
        return new Payload(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The payload without content.
     *
     * @return the payload of size 0
     */
    public static Payload empty() {
        return EMPTY;
    }

    /**
     * A copy of the content.
     *
     * @return a new array
     */
    public byte[] bytes() {
        return content.clone();
    }

    /**
     * The content without a copy.
     *
     * @return a new read-only view from the first byte to the last
     */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(content).asReadOnlyBuffer();
    }

    /**
     * Copies the content into an array.
     *
     * @param target where to
     * @param offset the index of the first byte there
     */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(content, 0, target, offset, content.length);
    }

    /**
     * The content as text.
     *
     * @return the text
     * @throws DecodeException if the content is not UTF-8; nothing is replaced silently
     */
    public String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DecodeException("payload of " + content.length + " bytes is not UTF-8; read it with bytes()", e);
        }
    }

    /**
     * How large the content is.
     *
     * @return bytes
     */
    public int size() {
        return content.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload payload && Arrays.equals(content, payload.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** The size only: what a payload says is not for logs. */
    @Override
    public String toString() {
        return "Payload[" + content.length + " bytes]";
    }
}
