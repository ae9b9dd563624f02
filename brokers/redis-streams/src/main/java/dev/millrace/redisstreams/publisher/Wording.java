// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.publisher;

import dev.millrace.redisstreams.IdTooSmallException;
import dev.millrace.redisstreams.RedisException;
import dev.millrace.redisstreams.RedisServerException;
import dev.millrace.redisstreams.StreamMessage;
import dev.millrace.redisstreams.link.LuaScript;
import dev.millrace.redisstreams.link.RedisLink;
import dev.millrace.redisstreams.link.RedisLink.Keyed;
import dev.millrace.redisstreams.link.Verb;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Replies;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/** How a message is said to Redis. Immutable and thread-safe. */
final class Wording {
    private static final LuaScript PUBLISH = LuaScript.of(Wording.class, "publish");
    private static final String ID_BY_REDIS = "*";
    private static final String TOO_SMALL = "The ID specified in XADD is equal or smaller";
    /** Lua cannot hand over more than some 8,000 values at once. */
    private static final int MOST_FIELDS_IN_LUA = 3_000;

    private final @Nullable MaxLength maxLength;

    Wording(@Nullable MaxLength maxLength) {
        this.maxLength = maxLength;
    }

    static byte[] key(StreamMessage message) {
        return RedisLink.utf8(message.stream());
    }

    /** Whether a script is needed to add this message. A very large one is added plainly, and the next one trims. */
    boolean isScript(StreamMessage message) {
        MaxLength most = maxLength;
        return most != null
                && most.trimming() == Trimming.NOT_NEEDED
                && message.names().size() <= MOST_FIELDS_IN_LUA;
    }

    /** The command; one with a script names it if it was said before on the same way, else it carries its text. */
    Keyed<String> add(StreamMessage message, boolean saidBefore) {
        MaxLength most = maxLength;
        byte[] key = key(message);
        if (most == null || !isScript(message)) {
            return new Keyed<>(key, Command.of(plain(key, message), (reply, server) -> Replies.text(reply)));
        }
        List<Object> arguments = new ArrayList<>(List.of(id(message), most.entries(), most.slack()));
        message.values().forEach((name, value) -> {
            arguments.add(name);
            arguments.add(value);
        });
        return saidBefore
                ? PUBLISH.known(List.of(key), arguments, (reply, server) -> Replies.text(reply))
                : PUBLISH.whole(List.of(key), arguments, (reply, server) -> Replies.text(reply));
    }

    private CommandArguments plain(byte[] key, StreamMessage message) {
        CommandArguments arguments = new CommandArguments(Verb.XADD).add(key);
        MaxLength most = maxLength;
        if (most != null && most.trimming() == Trimming.EVERYTHING) {
            arguments.add("MAXLEN");
            if (most.approximate()) {
                arguments.add("~");
            }
            arguments.add(most.entries());
        }
        arguments.add(id(message));
        message.values().forEach((name, value) -> arguments.add(name).add(value));
        return arguments;
    }

    private static String id(StreamMessage message) {
        return message.id().orElse(ID_BY_REDIS);
    }

    /** What the server said, as what it means. */
    static RedisException meaning(RedisException error, StreamMessage message) {
        if (error instanceof RedisServerException
                && String.valueOf(error.getMessage()).contains(TOO_SMALL)) {
            return new IdTooSmallException(
                    "id " + id(message) + " is not above all that stream " + message.stream()
                            + " ever had; give a greater one, or none to have Redis choose it",
                    error);
        }
        return error;
    }

    /** The whole id that a message has of its own: one that can be looked up. */
    static Optional<String> wholeId(StreamMessage message) {
        return message.id().filter(id -> !id.contains(ID_BY_REDIS)).map(id -> id.indexOf('-') < 0 ? id + "-0" : id);
    }

    /** Whether the entry with the id of a message has the fields of it. */
    static boolean isThere(RedisLink link, StreamMessage message, String id) {
        byte[] key = key(message);
        CommandArguments arguments =
                new CommandArguments(Verb.XRANGE).add(key).add(id).add(id);
        List<?> entries = link.call(key, Command.of(arguments, (reply, server) -> Replies.list(reply)));
        return !entries.isEmpty()
                && same(
                        message.values(),
                        Replies.list(Replies.list(entries.get(0)).get(1)));
    }

    private static boolean same(Map<String, byte[]> wanted, List<?> pairs) {
        Map<String, byte[]> found = new LinkedHashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            found.put(new String(Replies.bytes(pairs.get(i)), StandardCharsets.UTF_8), Replies.bytes(pairs.get(i + 1)));
        }
        return found.keySet().equals(wanted.keySet())
                && wanted.entrySet().stream()
                        .allMatch(field -> Arrays.equals(field.getValue(), found.get(field.getKey())));
    }
}
