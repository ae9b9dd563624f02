// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.redisstreams.link.RedisLink;
import dev.millrace.redisstreams.link.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/** The steps that Redis takes as one. Each is a file of its own, behind {@code prelude.lua}. */
enum Script {
    SEND,
    TAKE,
    ACK,
    RELEASE,
    BURY,
    EXTEND,
    PAUSE,
    PURGE,
    PURGE_DEAD,
    REDRIVE,
    STATUS,
    PEEK,
    SHOW("find"),
    END("find"),
    READY("find");

    @SuppressWarnings("ImmutableEnumChecker") // Only read.
    private final byte[] source;

    @SuppressWarnings("ImmutableEnumChecker") // Only read.
    private final byte[] sha;

    Script() {
        this(null);
    }

    Script(@Nullable String needs) {
        String text = read("prelude") + (needs == null ? "" : read(needs)) + read(name().toLowerCase(Locale.ROOT));
        this.source = RedisLink.utf8(text);
        this.sha = RedisLink.utf8(HexFormat.of().formatHex(sha1(source)));
    }

    private static String read(String name) {
        try (InputStream in = Script.class.getResourceAsStream(name + ".lua")) {
            if (in == null) {
                throw new IllegalStateException("the resource " + name + ".lua is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /** The call by its hash, which Redis answers with NOSCRIPT if it does not know it; without keys. */
    CommandArguments known() {
        return new CommandArguments(Verb.EVALSHA).add(sha);
    }

    /** The call with its text, which Redis then knows; without keys. */
    CommandArguments whole() {
        return new CommandArguments(Verb.EVAL).add(source);
    }
}
