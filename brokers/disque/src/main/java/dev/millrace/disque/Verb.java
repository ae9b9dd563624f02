// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.nio.charset.StandardCharsets;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.commands.ProtocolCommand;

/** The commands that are sent; their bytes are made once. */
enum Verb implements ProtocolCommand {
    ACKJOB,
    ADDJOB,
    AUTH,
    CLUSTER,
    CONFIG,
    DELJOB,
    DEQUEUE,
    ENQUEUE,
    FASTACK,
    GETJOB,
    HELLO,
    INFO,
    JSCAN,
    NACK,
    PAUSE,
    PING,
    QLEN,
    QPEEK,
    QSCAN,
    QSTAT,
    SHOW,
    TIME,
    WORKING;

    @SuppressWarnings("ImmutableEnumChecker") // Only read.
    private final byte[] raw = name().getBytes(StandardCharsets.US_ASCII);

    @Override
    public byte[] getRaw() {
        return raw;
    }

    /** Words among the arguments; their bytes are made once. */
    enum Word implements Rawable {
        ASYNC,
        COUNT,
        DELAY,
        FROM,
        GET,
        ID,
        ALL,
        MAXLEN,
        MINLEN,
        IMPORTRATE,
        NOHANG,
        QUEUE,
        REPLICATE,
        REPLY,
        RETRY,
        SET,
        STATE,
        TIMEOUT,
        TTL,
        WITHCOUNTERS;

        @SuppressWarnings("ImmutableEnumChecker") // Only read.
        private final byte[] raw = name().getBytes(StandardCharsets.US_ASCII);

        @Override
        public byte[] getRaw() {
            return raw;
        }
    }
}
