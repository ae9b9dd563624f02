// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.link;

import java.nio.charset.StandardCharsets;
import redis.clients.jedis.commands.ProtocolCommand;

/** The commands that are sent; their bytes are made once. */
public enum Verb implements ProtocolCommand {
    ASKING,
    AUTH,
    CLIENT,
    CLUSTER,
    EVAL,
    EVALSHA,
    PING,
    SADD,
    SELECT,
    SENTINEL,
    SMEMBERS,
    WAIT,
    XADD,
    XGROUP,
    XINFO,
    XPENDING,
    XRANGE,
    XREAD,
    XREADGROUP;

    @SuppressWarnings("ImmutableEnumChecker") // Only read.
    private final byte[] raw = name().getBytes(StandardCharsets.US_ASCII);

    @Override
    public byte[] getRaw() {
        return raw;
    }
}
