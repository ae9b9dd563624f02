// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.terminal;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One JSON object on one line, its fields in the order they were put. Not thread-safe. */
public final class JsonLine {
    private final StringBuilder text = new StringBuilder("{");

    /**
     * Puts a text.
     *
     * @param name the field
     * @param value its value, or null
     * @return this line
     */
    public JsonLine put(String name, @Nullable String value) {
        name(name);
        if (value == null) {
            text.append("null");
        } else {
            quote(value);
        }
        return this;
    }

    /**
     * Puts a number.
     *
     * @param name the field
     * @param value its value
     * @return this line
     */
    public JsonLine put(String name, long value) {
        name(name);
        text.append(value);
        return this;
    }

    /**
     * Puts a number with a fraction.
     *
     * @param name the field
     * @param value its value, rounded to three digits after the point
     * @return this line
     */
    public JsonLine put(String name, double value) {
        name(name);
        text.append(Math.round(value * 1000) / 1000.0);
        return this;
    }

    /**
     * Puts a truth.
     *
     * @param name the field
     * @param value its value
     * @return this line
     */
    public JsonLine put(String name, boolean value) {
        name(name);
        text.append(value);
        return this;
    }

    /**
     * Puts a number that may be unknown.
     *
     * @param name the field
     * @param value its value; null in JSON if it is empty
     * @return this line
     */
    public JsonLine put(String name, OptionalLong value) {
        name(name);
        text.append(value.isPresent() ? Long.toString(value.getAsLong()) : "null");
        return this;
    }

    /**
     * Puts a moment that may be unknown.
     *
     * @param name the field
     * @param value its value, ISO-8601 in UTC; null in JSON if it is empty
     * @return this line
     */
    public JsonLine put(String name, Optional<Instant> value) {
        return put(name, value.map(Instant::toString).orElse(null));
    }

    /**
     * Puts an object of texts, ordered by name.
     *
     * @param name the field
     * @param values its fields
     * @return this line
     */
    public JsonLine put(String name, Map<String, String> values) {
        JsonLine inner = new JsonLine();
        new TreeMap<>(values).forEach(inner::put);
        name(name);
        text.append(inner);
        return this;
    }

    private void name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(name);
        text.append(':');
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                        text.append("\\u").append(java.util.HexFormat.of().toHexDigits(c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    /** The line, without its end. */
    @Override
    public String toString() {
        return text + "}";
    }
}
