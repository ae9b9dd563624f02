// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a stream: to be published, or as it was received. Names of fields are text, values are bytes; text is UTF-8.
 * Immutable and thread-safe: each {@code with} gives another one. Equal if stream, id and all fields are.
 */
public final class StreamMessage {
    private final String stream;
    private final @Nullable String id;
    private final Map<String, byte[]> values;

    private StreamMessage(String stream, @Nullable String id, Map<String, byte[]> values) {
        if (stream.isEmpty()) {
            throw new IllegalArgumentException("the name of a stream is empty; give the key of the stream");
        }
        this.stream = stream;
        this.id = id;
        this.values = values;
    }

    /**
     * A message without fields; one is needed to publish it.
     *
     * @param stream the key of the stream
     * @return the message
     */
    public static StreamMessage to(String stream) {
        return new StreamMessage(stream, null, Map.of());
    }

    /**
     * A message with fields.
     *
     * @param stream the key of the stream
     * @param values name and value of each, in the order of the map
     * @return the message
     */
    public static StreamMessage of(String stream, Map<String, byte[]> values) {
        Map<String, byte[]> copies = new LinkedHashMap<>();
        values.forEach((name, value) -> copies.put(name, value.clone()));
        return new StreamMessage(stream, null, copies);
    }

    /**
     * Adds a field, or changes its value.
     *
     * @param name its name
     * @param value its value
     * @return the message with it
     */
    public StreamMessage with(String name, String value) {
        return put(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds a field, or changes its value.
     *
     * @param name its name
     * @param value its value
     * @return the message with it
     */
    public StreamMessage with(String name, byte[] value) {
        return put(name, value.clone());
    }

    private StreamMessage put(String name, byte[] value) {
        Map<String, byte[]> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new StreamMessage(stream, id, more);
    }

    /**
     * Chooses the id. It must be above all that the stream ever had, or publishing is refused with {@link
     * IdTooSmallException}.
     *
     * @param chosen {@code milliseconds-number}, {@code milliseconds}, or {@code milliseconds-*} to have Redis choose the
     *     number; empty or {@code *} to have it choose all
     * @return the message with it
     */
    public StreamMessage withId(String chosen) {
        return new StreamMessage(stream, chosen.isEmpty() || chosen.equals("*") ? null : chosen, values);
    }

    /**
     * Where it is to go, or came from.
     *
     * @return the key of the stream
     */
    public String stream() {
        return stream;
    }

    /**
     * The id that was chosen, or that the received message has.
     *
     * @return empty for a message to which Redis is to give one
     */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /**
     * The names of the fields.
     *
     * @return the names, in order
     */
    public Set<String> names() {
        return new LinkedHashSet<>(values.keySet());
    }

    /**
     * A field as it is.
     *
     * @param name of the field
     * @return a copy of its value; empty if there is no such field
     */
    public Optional<byte[]> bytes(String name) {
        return Optional.ofNullable(values.get(name)).map(byte[]::clone);
    }

    /**
     * A field as text.
     *
     * @param name of the field
     * @return its value, read as UTF-8; empty if there is no such field
     */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /**
     * All fields as they are.
     *
     * @return copies of the values by their names, in order
     */
    public Map<String, byte[]> values() {
        Map<String, byte[]> copies = new LinkedHashMap<>();
        values.forEach((name, value) -> copies.put(name, value.clone()));
        return copies;
    }

    /**
     * All fields as text.
     *
     * @return the values by their names, in order, read as UTF-8
     */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name, new String(value, StandardCharsets.UTF_8)));
        return texts;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StreamMessage message
                && stream.equals(message.stream)
                && id().equals(message.id())
                && values.keySet().equals(message.values.keySet())
                && values.entrySet().stream()
                        .allMatch(field -> Arrays.equals(field.getValue(), message.values.get(field.getKey())));
    }

    @Override
    public int hashCode() {
        return 31 * stream.hashCode() + id().hashCode() + values.keySet().hashCode();
    }

    /** Stream, id and names of fields; never their contents. */
    @Override
    public String toString() {
        return "StreamMessage[" + stream + (id == null ? "" : " " + id) + " " + values.keySet() + "]";
    }
}
