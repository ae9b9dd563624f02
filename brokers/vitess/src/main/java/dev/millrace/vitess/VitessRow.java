// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a message, as vtgate sent them. Immutable but for the bytes that are handed out; thread-safe. */
public final class VitessRow {
    private final List<String> columns;
    private final byte[] @Nullable [] values;

    VitessRow(List<String> columns, byte[] @Nullable [] values) {
        if (values.length != columns.size()) {
            throw new IllegalStateException(
                    "vtgate sent a row of " + values.length + " values for the columns " + columns);
        }
        this.columns = columns;
        this.values = values;
    }

    /**
     * Which columns there are.
     *
     * @return their names, in order: all of the table's but {@code priority}, {@code time_next}, {@code epoch} and {@code
     *     time_acked}, unless the table's comment names others as {@code vt_message_cols}
     */
    public List<String> columns() {
        return columns;
    }

    /**
     * A value as it came: numbers in decimal, texts in UTF-8, blobs as they are.
     *
     * @param column its name
     * @return the bytes, or null for NULL
     * @throws IllegalArgumentException if there is no such column
     */
    public byte @Nullable [] bytes(String column) {
        int place = columns.indexOf(column);
        if (place < 0) {
            throw new IllegalArgumentException("there is no column " + column + "; vtgate sent " + columns
                    + ", and vt_message_cols in the comment of the table says which it sends");
        }
        return values[place];
    }

    /**
     * A value as text.
     *
     * @param column its name
     * @return the text
     * @throws IllegalArgumentException if there is no such column, or it is NULL
     */
    public String text(String column) {
        String text = textOrNull(column);
        if (text == null) {
            throw new IllegalArgumentException("column " + column + " is NULL; read it with textOrNull");
        }
        return text;
    }

    /**
     * A value as text that may be NULL.
     *
     * @param column its name
     * @return the text, or null for NULL
     * @throws IllegalArgumentException if there is no such column
     */
    public @Nullable String textOrNull(String column) {
        byte[] bytes = bytes(column);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * A value as a number.
     *
     * @param column its name
     * @return the number
     * @throws IllegalArgumentException if there is no such column, or it is NULL or no whole number of 64 bits
     */
    public long number(String column) {
        String text = String.valueOf(textOrNull(column));
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("column " + column + " is " + text + ", which is no whole number", e);
        }
    }

    /**
     * Whether a value is NULL.
     *
     * @param column its name
     * @return true if it is
     * @throws IllegalArgumentException if there is no such column
     */
    public boolean isNull(String column) {
        return bytes(column) == null;
    }
}
