// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.link;

import dev.millrace.redisstreams.RedisServerException;
import dev.millrace.redisstreams.link.RedisLink.Keyed;
import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Command.Reader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.CommandArguments;

/** A step about one key that Redis takes as one, in a file of its own. Immutable and thread-safe. */
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
     * @param name of the file, without its ending
     * @return the script
     */
    public static LuaScript of(Class<?> near, String name) {
        try (InputStream in = near.getResourceAsStream(name + ".lua")) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + ".lua is missing");
            }
            byte[] source = in.readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(source);
            return new LuaScript(source, HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /**
     * The call with the text of the script, which Redis then knows.
     *
     * @param <T> what the reply is read as
     * @param key its only key
     * @param arguments strings, bytes and numbers
     * @param reader reads the reply
     * @return the command
     */
    public <T> Keyed<T> whole(byte[] key, List<?> arguments, Reader<T> reader) {
        return called(new CommandArguments(Verb.EVAL).add(source), key, arguments, reader);
    }

    /**
     * The call by the hash of the script, which Redis refuses with NOSCRIPT if it does not know it.
     *
     * @param <T> what the reply is read as
     * @param key its only key
     * @param arguments strings, bytes and numbers
     * @param reader reads the reply
     * @return the command
     */
    public <T> Keyed<T> known(byte[] key, List<?> arguments, Reader<T> reader) {
        return called(new CommandArguments(Verb.EVALSHA).add(sha), key, arguments, reader);
    }

    private static <T> Keyed<T> called(CommandArguments call, byte[] key, List<?> arguments, Reader<T> reader) {
        call.add(1).add(key);
        arguments.forEach(call::add);
        return new Keyed<>(key, Command.of(call, reader));
    }

    /**
     * Runs the script.
     *
     * @param <T> what the reply is read as
     * @param link the way to the servers
     * @param key its only key
     * @param arguments strings, bytes and numbers
     * @param reader reads the reply
     * @return what it replied
     */
    public <T> T run(RedisLink link, byte[] key, List<?> arguments, Reader<T> reader) {
        try {
            return link.call(key, known(key, arguments, reader).command());
        } catch (RedisServerException e) {
            if (!e.code().equals("NOSCRIPT")) {
                throw e;
            }
            return link.call(key, whole(key, arguments, reader).command());
        }
    }
}
