// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something to be done by a worker that knows its name. Immutable and thread-safe; each {@code with…} returns another. */
public final class Task {
    /** AMQP writes the length of a key in one byte. */
    private static final int MOST_KEY_BYTES = 255;

    private final @Nullable String uuid;
    private final String name;
    private final List<TaskArgument> arguments;
    private final @Nullable String routingKey;
    private final Map<String, Object> headers;

    private Task(
            String name,
            List<TaskArgument> arguments,
            @Nullable String uuid,
            @Nullable String routingKey,
            Map<String, Object> headers) {
        this.name = name;
        this.arguments = arguments;
        this.uuid = uuid;
        this.routingKey = routingKey;
        this.headers = headers;
    }

    /**
     * A task.
     *
     * @param name what workers know it by
     * @param arguments what they get
     * @return the task, without uuid and routing key: publishing gives it these
     * @throws IllegalArgumentException if the name is empty
     */
    public static Task of(String name, TaskArgument... arguments) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the task has no name; give the one that workers know");
        }
        return new Task(name, List.of(arguments), null, null, Map.of());
    }

    /**
     * One more argument.
     *
     * @param type what it is
     * @param value of a type in Java that fits, see {@link ArgumentType}
     * @return the task with it
     */
    public Task with(ArgumentType type, Object value) {
        List<TaskArgument> more = new ArrayList<>(arguments);
        more.add(new TaskArgument(type, value));
        return new Task(name, List.copyOf(more), uuid, routingKey, headers);
    }

    /**
     * An id of the sender's choice; nobody checks that there is no other task with it.
     *
     * @param id any text
     * @return the task with it
     */
    public Task withUuid(String id) {
        return new Task(name, arguments, id, routingKey, headers);
    }

    /**
     * Where it goes.
     *
     * @param key the routing key, in place of the dispatcher's default
     * @return the task with it
     * @throws IllegalArgumentException if it has more than 255 bytes
     */
    public Task withRoutingKey(String key) {
        if (key.getBytes(StandardCharsets.UTF_8).length > MOST_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "the routing key \"" + key + "\" has more than " + MOST_KEY_BYTES + " bytes");
        }
        return new Task(name, arguments, uuid, key, headers);
    }

    /**
     * Something that travels beside the body.
     *
     * @param header its name
     * @param value text, number, boolean, bytes or a {@link java.util.Date}
     * @return the task with it
     * @throws IllegalArgumentException if it is of another type
     */
    public Task withHeader(String header, Object value) {
        boolean fits = value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof byte[]
                || value instanceof Date;
        if (!fits || value instanceof BigInteger) {
            throw new IllegalArgumentException(
                    "header " + header + " is of " + value.getClass().getName()
                            + "; give text, a number that fits into 64 bits, a boolean, bytes or a date");
        }
        Map<String, Object> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Task(name, arguments, uuid, routingKey, Map.copyOf(more));
    }

    /**
     * What workers know it by.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Which task it is.
     *
     * @return its id, or empty before it was published
     */
    public Optional<String> uuid() {
        return Optional.ofNullable(uuid);
    }

    /**
     * What workers get.
     *
     * @return the arguments
     */
    public List<TaskArgument> arguments() {
        return arguments;
    }

    /**
     * Where it goes.
     *
     * @return the routing key, or empty for the dispatcher's default
     */
    public Optional<String> routingKey() {
        return Optional.ofNullable(routingKey);
    }

    /**
     * What travels beside the body.
     *
     * @return name and value of each header
     */
    public Map<String, Object> headers() {
        return headers;
    }

    /** Name and uuid, never the arguments. */
    @Override
    public String toString() {
        return "Task[" + name + (uuid == null ? "" : ", " + uuid) + "]";
    }
}
