// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/*
 * Everything is written straight into one array, which doubles when it is full. Numbers below SMALL are copied from a
 * table together with their line end; larger ones are written from their last digit backwards.
 *
 * Over 300 lines: each kind of value is a method with its Javadoc, and they write into the same array.
 */
/**
 * Writes RESP2 values one behind the other into an array that grows: a server's replies, and (as an array of bulks) a
 * client's requests. Its methods return the writer itself. Not thread-safe.
 */
public final class ReplyWriter {
    private static final int SMALL = 1024;
    private static final int LONGEST_NUMBER = 20;
    private static final int KEPT = 1 << 20;
    private static final int LARGEST = Integer.MAX_VALUE - 16;
    private static final byte[][] NUMBERS = new byte[SMALL][];
    private static final byte[] NULL_BULK = "$-1\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL_ARRAY = "*-1\r\n".getBytes(StandardCharsets.US_ASCII);

    static {
        for (int i = 0; i < SMALL; i++) {
            NUMBERS[i] = (i + "\r\n").getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final int capacity;
    private byte[] bytes;
    private int size;

    /**
     * An empty writer.
     *
     * @param capacity how many bytes it has room for before it grows, from 0 upwards
     */
    public ReplyWriter(int capacity) {
        this.capacity = capacity;
        this.bytes = new byte[capacity];
    }

    /**
     * A simple string.
     *
     * @param text as for {@link #error}
     * @return this writer
     */
    public ReplyWriter simpleString(String text) {
        return line('+', text);
    }

    /**
     * A simple string of bytes that are there already.
     *
     * @param text any; line ends become blanks
     * @return this writer
     */
    public ReplyWriter simpleString(byte[] text) {
        reserve(3L + text.length);
        byte[] to = bytes;
        int at = size;
        to[at++] = '+';
        for (byte next : text) {
            to[at++] = next == '\r' || next == '\n' ? (byte) ' ' : next;
        }
        size = at;
        end();
        return this;
    }

    /**
     * An error.
     *
     * @param text code and message, such as {@code ERR syntax error}. Each character is one byte (ISO-8859-1), so that
     *     bytes of a request come back as they were; one that is none becomes a question mark, line ends become blanks
     * @return this writer
     */
    public ReplyWriter error(String text) {
        return line('-', text);
    }

    private ReplyWriter line(char type, String text) {
        int length = text.length();
        reserve(3L + length);
        byte[] to = bytes;
        int at = size;
        to[at++] = (byte) type;
        for (int i = 0; i < length; i++) {
            char next = text.charAt(i);
            to[at++] = (byte) (next == '\r' || next == '\n' ? ' ' : next > 0xff ? '?' : next);
        }
        size = at;
        end();
        return this;
    }

    /**
     * An integer.
     *
     * @param value any
     * @return this writer
     */
    public ReplyWriter integer(long value) {
        reserve(3L + LONGEST_NUMBER);
        bytes[size++] = ':';
        number(value);
        return this;
    }

    /**
     * A bulk with these bytes.
     *
     * @param content any bytes, also none; copied
     * @return this writer
     */
    public ReplyWriter bulk(byte[] content) {
        reserve(5L + LONGEST_NUMBER + content.length);
        bytes[size++] = '$';
        number(content.length);
        System.arraycopy(content, 0, bytes, size, content.length);
        size += content.length;
        end();
        return this;
    }

    /**
     * A bulk with this text as UTF-8.
     *
     * @param text any
     * @return this writer
     */
    public ReplyWriter bulk(String text) {
        int length = text.length();
        reserve(5L + LONGEST_NUMBER + length);
        int begin = size;
        bytes[size++] = '$';
        number(length);
        byte[] to = bytes;
        int at = size;
        int notAscii = 0;
        for (int i = 0; i < length; i++) {
            char next = text.charAt(i);
            notAscii |= next;
            to[at++] = (byte) next;
        }
        size = at;
        if (notAscii >= 0x80) {
            size = begin;
            return bulk(text.getBytes(StandardCharsets.UTF_8));
        }
        end();
        return this;
    }

    /**
     * The bulk that stands for nothing.
     *
     * @return this writer
     */
    public ReplyWriter nullBulk() {
        return encoded(NULL_BULK);
    }

    /**
     * The array that stands for nothing.
     *
     * @return this writer
     */
    public ReplyWriter nullArray() {
        return encoded(NULL_ARRAY);
    }

    /**
     * The head of an array; its elements are to follow.
     *
     * @param length how many, from 0 upwards
     * @return this writer
     */
    public ReplyWriter arrayHeader(int length) {
        reserve(3L + LONGEST_NUMBER);
        bytes[size++] = '*';
        number(length);
        return this;
    }

    /**
     * Bytes that are RESP already.
     *
     * @param values one whole value or several
     * @return this writer
     */
    public ReplyWriter encoded(byte[] values) {
        reserve(values.length);
        System.arraycopy(values, 0, bytes, size, values.length);
        size += values.length;
        return this;
    }

    /**
     * What another writer holds.
     *
     * @param values one whole value or several
     * @return this writer
     */
    public ReplyWriter encoded(ReplyWriter values) {
        reserve(values.size);
        System.arraycopy(values.bytes, 0, bytes, size, values.size);
        size += values.size;
        return this;
    }

    /**
     * The array that is written into, for handing on without a copy: {@link #size} bytes from its beginning. It is this
     * writer's, and holds until something is written or reset.
     *
     * @return the array
     */
    public byte[] array() {
        return bytes;
    }

    /**
     * How much was written since the beginning or the last reset.
     *
     * @return bytes
     */
    public int size() {
        return size;
    }

    /**
     * Copies everything behind the position of a buffer. Nothing is reset.
     *
     * @param target where to
     * @throws java.nio.BufferOverflowException if there is not room for all, and nothing was copied
     */
    public void writeTo(ByteBuffer target) {
        target.put(bytes, 0, size);
    }

    /**
     * A copy of everything.
     *
     * @return a new array
     */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /**
     * Takes back what was written last.
     *
     * @param to the {@link #size} to go back to
     * @throws IllegalArgumentException if there was never so much
     */
    public void truncate(int to) {
        if (to < 0 || to > size) {
            throw new IllegalArgumentException("cannot go back to " + to + " bytes, there are " + size);
        }
        size = to;
    }

    /** Begins anew. An array that has grown above 1 MiB is let go. */
    public void reset() {
        size = 0;
        if (bytes.length > Math.max(KEPT, capacity)) {
            bytes = new byte[capacity];
        }
    }

    private void number(long value) {
        if (value >= 0 && value < SMALL) {
            byte[] written = NUMBERS[(int) value];
            System.arraycopy(written, 0, bytes, size, written.length);
            size += written.length;
            return;
        }
        long rest = value < 0 ? value : -value;
        int digits = value < 0 ? 2 : 1;
        for (long above = rest / 10; above != 0; above /= 10) {
            digits++;
        }
        size += digits;
        for (int at = size; at > size - digits; rest /= 10) {
            bytes[--at] = (byte) ('0' - rest % 10);
        }
        if (value < 0) {
            bytes[size - digits] = '-';
        }
        end();
    }

    private void end() {
        bytes[size++] = '\r';
        bytes[size++] = '\n';
    }

    private void reserve(long more) {
        if (more > bytes.length - size) {
            grow(more);
        }
    }

    private void grow(long more) {
        long needed = size + more;
        if (needed > LARGEST) {
            throw new IllegalStateException("replies of " + needed + " bytes do not fit into an array; hand on what"
                    + " was written and reset before there is so much");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST, Math.max(needed, 2L * bytes.length)));
    }
}
