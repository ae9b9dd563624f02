// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import dev.millrace.job.DecodeException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A task in the hands of a worker. Immutable and thread-safe.
 *
 * @param uuid which task; the same at each attempt, as long as the sender gave one. One that was done before may come again
 *     when it is {@code redelivered}, or when its {@code attempt} is above 1: remember uuids where that matters
 * @param name its name
 * @param arguments its arguments
 * @param delivery how it came
 */
public record TaskCall(String uuid, String name, List<TaskArgument> arguments, DeliveryNote delivery) {
    /** Keeps the list. */
    public TaskCall {
        arguments = List.copyOf(arguments);
    }

    /**
     * How a task came.
     *
     * @param attempt 1 for the first
     * @param redelivered whether another worker may have begun with it and died, or lost its connection
     * @param headers what travelled beside the body
     */
    public record DeliveryNote(int attempt, boolean redelivered, Map<String, String> headers) {
        /** Keeps the map. */
        public DeliveryNote {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * An argument.
     *
     * @param <T> its type in Java
     * @param index which, from 0
     * @param type its type in Java, such as {@code Long.class} for an {@code int}; a wider integer or floating type will do
     * @return the value
     * @throws DecodeException if there is no such argument, or it is of another type: the task goes to the dead letters
     */
    public <T> T argument(int index, Class<T> type) {
        if (index < 0 || index >= arguments.size()) {
            throw new DecodeException(
                    "task " + name + " has " + arguments.size() + " arguments; one with index " + index
                            + " was asked for",
                    null);
        }
        TaskArgument argument = arguments.get(index);
        return widened(argument.value(), type)
                .orElseThrow(() -> new DecodeException(
                        "argument " + (index + 1) + " of task " + name + " is "
                                + argument.type().wireName() + "; " + type.getSimpleName() + " was asked for",
                        null));
    }

    private static <T> Optional<T> widened(Object value, Class<T> type) {
        if (type.isInstance(value)) {
            return Optional.of(type.cast(value));
        }
        boolean whole =
                value instanceof Byte || value instanceof Short || value instanceof Integer || value instanceof Long;
        long number = whole ? ((Number) value).longValue() : 0;
        Object wide = null;
        if (whole && type == Long.class) {
            wide = number;
        } else if (whole && type == Integer.class && !(value instanceof Long)) {
            wide = (int) number;
        } else if (value instanceof Byte && type == Short.class) {
            wide = (short) number;
        } else if (whole && type == BigInteger.class) {
            wide = BigInteger.valueOf(number);
        } else if (value instanceof Float narrow && type == Double.class) {
            wide = (double) narrow;
        }
        return Optional.ofNullable(type.cast(wide));
    }
}
