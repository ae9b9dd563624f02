// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of RESP2, as a server replies it. Values are equal if their contents are. They are immutable, but for the
 * array of a bulk, which is not copied; as long as nobody writes to it they are thread-safe.
 *
 * <p>{@code toString} is for people: it shows at most 100 bytes of a content, and of an array as much as fits beside.
 */
public sealed interface RespValue {
    /**
     * A line that is no error.
     *
     * @param text what it says, a character for each byte (ISO-8859-1)
     */
    record SimpleString(String text) implements RespValue {
        @Override
        public String toString() {
            return Shown.of(this);
        }
    }

    /**
     * A line that says why nothing was done.
     *
     * @param text code and message, a character for each byte (ISO-8859-1)
     */
    record ErrorReply(String text) implements RespValue {
        /**
         * Its first word, by which programs tell errors apart.
         *
         * @return such as {@code ERR}; all of the text if there is no blank in it
         */
        public String code() {
            int blank = text.indexOf(' ');
            return blank < 0 ? text : text.substring(0, blank);
        }

        @Override
        public String toString() {
            return Shown.of(this);
        }
    }

    /**
     * A whole number.
     *
     * @param value any
     */
    record Int(long value) implements RespValue {
        @Override
        public String toString() {
            return Shown.of(this);
        }
    }

    /** Bytes, or nothing, which is not the same as no bytes. */
    final class Bulk implements RespValue {
        /** The bulk that stands for nothing. */
        public static final Bulk NULL = new Bulk(null);

        private final byte @Nullable [] content;

        private Bulk(byte @Nullable [] content) {
            this.content = content;
        }

        /**
         * A bulk around this very array.
         *
         * @param content must never be written to again
         * @return the bulk
         */
        public static Bulk of(byte[] content) {
            return new Bulk(content);
        }

        /**
         * A bulk with this text as UTF-8.
         *
         * @param text any
         * @return the bulk
         */
        public static Bulk of(String text) {
            return new Bulk(text.getBytes(StandardCharsets.UTF_8));
        }

        /**
         * Whether it stands for nothing.
         *
         * @return true for {@link #NULL}
         */
        public boolean isNull() {
            return content == null;
        }

        /**
         * Its bytes.
         *
         * @return the array itself, not to be written to; null if it stands for nothing
         */
        public byte @Nullable [] bytes() {
            return content;
        }

        /**
         * Its bytes as UTF-8.
         *
         * @return the text, with replacement characters for what is none; null if it stands for nothing
         */
        public @Nullable String text() {
            return content == null ? null : new String(content, StandardCharsets.UTF_8);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bulk bulk && Arrays.equals(content, bulk.content);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(content);
        }

        @Override
        public String toString() {
            return Shown.of(this);
        }
    }

    /**
     * Values in order, or nothing, which is not the same as no values.
     *
     * @param elements what is in it; null if it stands for nothing
     */
    record Array(@Nullable List<RespValue> elements) implements RespValue {
        /** The array that stands for nothing. */
        public static final Array NULL = new Array(null);

        /** Copies the list, unless it is immutable already. */
        public Array {
            elements = elements == null ? null : List.copyOf(elements);
        }

        /**
         * An array of these.
         *
         * @param elements what is in it
         * @return the array
         */
        public static Array of(RespValue... elements) {
            return new Array(List.of(elements));
        }

        /**
         * Whether it stands for nothing.
         *
         * @return true for {@link #NULL}
         */
        public boolean isNull() {
            return elements == null;
        }

        @Override
        public String toString() {
            return Shown.of(this);
        }
    }
}
