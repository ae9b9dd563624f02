// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Reads the parts that replies consist of, and says what is wrong if one is something else. */
final class Replies {
    private Replies() {}

    static long number(@Nullable Object reply) {
        if (reply instanceof Long number) {
            return number;
        }
        throw unexpected("a number", reply);
    }

    static int smallNumber(@Nullable Object reply) {
        long number = number(reply);
        if (number != (int) number) {
            throw unexpected("a number of 32 bits", reply);
        }
        return (int) number;
    }

    static byte[] bytes(@Nullable Object reply) {
        if (reply instanceof byte[] bytes) {
            return bytes;
        }
        throw unexpected("a string", reply);
    }

    static String text(@Nullable Object reply) {
        return new String(bytes(reply), StandardCharsets.UTF_8);
    }

    static List<?> list(@Nullable Object reply) {
        if (reply instanceof List<?> list) {
            return list;
        }
        throw unexpected("an array", reply);
    }

    static <T> List<T> list(@Nullable Object reply, Function<@Nullable Object, T> reader) {
        List<?> elements = list(reply);
        List<T> result = new ArrayList<>(elements.size());
        for (Object element : elements) {
            result.add(reader.apply(element));
        }
        return result;
    }

    /** An array of names and values in turn. */
    static Map<String, @Nullable Object> pairs(@Nullable Object reply) {
        List<?> elements = list(reply);
        if (elements.size() % 2 != 0) {
            throw unexpected("an array of names and values", reply);
        }
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        for (int i = 0; i < elements.size(); i += 2) {
            result.put(text(elements.get(i)), elements.get(i + 1));
        }
        return result;
    }

    static DisqueProtocolException unexpected(String wanted, @Nullable Object reply) {
        String shown = reply instanceof byte[] bytes
                ? "'" + new String(bytes, StandardCharsets.UTF_8) + "'"
                : reply instanceof JedisDataException error ? "the error " + error.getMessage() : String.valueOf(reply);
        return new DisqueProtocolException("the server replied " + shown + " where " + wanted + " was expected", null);
    }
}
