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
    COMMAND,
    CONFIG,
    DEADJOB,
    DEADLIST,
    DEADPURGE,
    DELJOB,
    DEQUEUE,
    ENQUEUE,
    FASTACK,
    FINDJOB,
    GETJOB,
    HELLO,
    INFO,
    JSCAN,
    NACK,
    PAUSE,
    PING,
    PURGE,
    QLEN,
    QPEEK,
    QSCAN,
    QSTAT,
    REDRIVE,
    REVIVE,
    SHOW,
    TIME,
    WAITJOB,
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
        DELIVERIES,
        FROM,
        FRONT,
        GET,
        HEADER,
        ID,
        ALL,
        MAXLEN,
        MINLEN,
        IMPORTRATE,
        NOHANG,
        PDELAY,
        PRIORITY,
        QUEUE,
        REPLICATE,
        REPLY,
        RETRY,
        SET,
        STATE,
        TIMEOUT,
        TTL,
        WITHCOUNTERS,
        WITHHEADERS;

        @SuppressWarnings("ImmutableEnumChecker") // Only read.
        private final byte[] raw = name().getBytes(StandardCharsets.US_ASCII);

        @Override
        public byte[] getRaw() {
            return raw;
        }
    }
}
