// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp.client;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Reads the parts that replies consist of, and says what is wrong if one is something else. */
public final class Replies {
    private Replies() {}

    /**
     * A number.
     *
     * @param reply what came
     * @return the number
     * @throws UnexpectedReplyException if it is something else
     */
    public static long number(@Nullable Object reply) {
        if (reply instanceof Long number) {
            return number;
        }
        throw unexpected("a number", reply);
    }

    /**
     * A number of 32 bits.
     *
     * @param reply what came
     * @return the number
     * @throws UnexpectedReplyException if it is something else
     */
    public static int smallNumber(@Nullable Object reply) {
        long number = number(reply);
        if (number != (int) number) {
            throw unexpected("a number of 32 bits", reply);
        }
        return (int) number;
    }

    /**
     * A simple or bulk string.
     *
     * @param reply what came
     * @return its bytes, not a copy
     * @throws UnexpectedReplyException if it is something else
     */
    public static byte[] bytes(@Nullable Object reply) {
        if (reply instanceof byte[] bytes) {
            return bytes;
        }
        throw unexpected("a string", reply);
    }

    /**
     * A string in UTF-8.
     *
     * @param reply what came
     * @return the text
     * @throws UnexpectedReplyException if it is something else
     */
    public static String text(@Nullable Object reply) {
        return new String(bytes(reply), StandardCharsets.UTF_8);
    }

    /**
     * An array.
     *
     * @param reply what came
     * @return its elements
     * @throws UnexpectedReplyException if it is something else
     */
    public static List<?> list(@Nullable Object reply) {
        if (reply instanceof List<?> list) {
            return list;
        }
        throw unexpected("an array", reply);
    }

    /**
     * An array of elements of one kind.
     *
     * @param <T> what an element is read as
     * @param reply what came
     * @param reader reads an element
     * @return what the elements say
     * @throws UnexpectedReplyException if it is something else
     */
    public static <T> List<T> list(@Nullable Object reply, Function<@Nullable Object, T> reader) {
        List<?> elements = list(reply);
        List<T> result = new ArrayList<>(elements.size());
        for (Object element : elements) {
            result.add(reader.apply(element));
        }
        return result;
    }

    /**
     * An array of names and values in turn.
     *
     * @param reply what came
     * @return the values by their names, in their order
     * @throws UnexpectedReplyException if it is something else
     */
    public static Map<String, @Nullable Object> pairs(@Nullable Object reply) {
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

    /**
     * Says that a reply is something else.
     *
     * @param wanted what was expected
     * @param reply what came
     * @return the exception, to be thrown
     */
    public static UnexpectedReplyException unexpected(String wanted, @Nullable Object reply) {
        String shown = reply instanceof byte[] bytes
                ? "'" + new String(bytes, StandardCharsets.UTF_8) + "'"
                : reply instanceof JedisDataException error ? "the error " + error.getMessage() : String.valueOf(reply);
        return new UnexpectedReplyException("the server replied " + shown + " where " + wanted + " was expected", null);
    }
}
