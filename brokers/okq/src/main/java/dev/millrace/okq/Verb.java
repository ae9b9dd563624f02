// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import java.nio.charset.StandardCharsets;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.commands.ProtocolCommand;

/** The commands that are sent; their bytes are made once. */
enum Verb implements ProtocolCommand {
    AUTH,
    PING,
    QACK,
    QFLUSH,
    QINFO,
    QLPEEK,
    QLPUSH,
    QNOTIFY,
    QREGISTER,
    QRPEEK,
    QRPOP,
    QRPUSH,
    QSTATUS;

    @SuppressWarnings("ImmutableEnumChecker") // Only read.
    private final byte[] raw = name().getBytes(StandardCharsets.US_ASCII);

    @Override
    public byte[] getRaw() {
        return raw;
    }

    /** Words inside of commands. */
    enum Word implements Rawable {
        EX,
        NOBLOCK,
        REDO;

        @SuppressWarnings("ImmutableEnumChecker") // Only read.
        private final byte[] raw = name().getBytes(StandardCharsets.US_ASCII);

        @Override
        public byte[] getRaw() {
            return raw;
        }
    }
}
