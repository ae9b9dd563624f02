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
    EXISTS,
    INFO,
    PING,
    ROLE,
    SADD,
    SELECT,
    SENTINEL,
    SMEMBERS,
    SREM,
    WAIT,
    XACK,
    XADD,
    XAUTOCLAIM,
    XCLAIM,
    XDEL,
    XGROUP,
    XINFO,
    XLEN,
    XPENDING,
    XRANGE,
    XREAD,
    XREADGROUP,
    XREVRANGE,
    XTRIM;

    @SuppressWarnings("ImmutableEnumChecker") // Only read.
    private final byte[] raw = name().getBytes(StandardCharsets.US_ASCII);

    @Override
    public byte[] getRaw() {
        return raw;
    }
}
