// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.link;

import dev.millrace.redisstreams.RedisServerException;
import dev.millrace.redisstreams.link.RedisLink.Keyed;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Command.Reader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/** A step that Redis takes as one, in a file of its own. Immutable and thread-safe. */
public final class LuaScript {
    private final byte[] source;
    private final byte[] sha;

    private LuaScript(byte[] source, byte[] sha) {
        this.source = source;
        this.sha = sha;
    }

    /**
     * Reads a script.
     *
     * @param near a class of its package
     * @param names of the files that it is made of, without their ending, in their order
     * @return the script
     */
    public static LuaScript of(Class<?> near, String... names) {
        try {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            for (String name : names) {
                try (InputStream in = near.getResourceAsStream(name + ".lua")) {
                    if (in == null) {
                        throw new IllegalStateException("the resource " + name + ".lua is missing");
                    }
                    in.transferTo(text);
                }
            }
            byte[] source = text.toByteArray();
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(source);
            return new LuaScript(source, HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /**
     * Whether a server does not know a script.
     *
     * @param error what came of its call by hash
     * @return true if its text is to be sent
     */
    public static boolean isUnknown(@Nullable RuntimeException error) {
        return error instanceof RedisServerException refused && refused.code().equals("NOSCRIPT");
    }

    /**
     * The call with the text of the script, which Redis then knows.
     *
     * @param <T> what the reply is read as
     * @param keys its keys, all of one slot
     * @param arguments strings, bytes and numbers
     * @param reader reads the reply
     * @return the command
     */
    public <T> Keyed<T> whole(List<byte[]> keys, List<?> arguments, Reader<T> reader) {
        return called(new CommandArguments(Verb.EVAL).add(source), keys, arguments, reader);
    }

    /**
     * The call by the hash of the script, which Redis refuses with NOSCRIPT if it does not know it.
     *
     * @param <T> what the reply is read as
     * @param keys its keys, all of one slot
     * @param arguments strings, bytes and numbers
     * @param reader reads the reply
     * @return the command
     */
    public <T> Keyed<T> known(List<byte[]> keys, List<?> arguments, Reader<T> reader) {
        return called(new CommandArguments(Verb.EVALSHA).add(sha), keys, arguments, reader);
    }

    private static <T> Keyed<T> called(CommandArguments call, List<byte[]> keys, List<?> arguments, Reader<T> reader) {
        call.add(keys.size());
        keys.forEach(call::add);
        arguments.forEach(call::add);
        return new Keyed<>(keys.get(0), Command.of(call, reader));
    }

    /**
     * Runs the script.
     *
     * @param <T> what the reply is read as
     * @param link the way to the servers
     * @param keys its keys, all of one slot
     * @param arguments strings, bytes and numbers
     * @param reader reads the reply
     * @return what it replied
     */
    public <T> T run(RedisLink link, List<byte[]> keys, List<?> arguments, Reader<T> reader) {
        try {
            return link.call(keys.get(0), known(keys, arguments, reader).command());
        } catch (RedisServerException e) {
            if (!isUnknown(e)) {
                throw e;
            }
            return link.call(keys.get(0), whole(keys, arguments, reader).command());
        }
    }
}
