// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.okq;

import dev.millrace.hosting.Call;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Client;
import dev.millrace.server.listening.Reply;

/** {@code QFLUSH queue}: ends all its events, those that consumers have too. */
final class Flushing {
    private Flushing() {}

    static Reply begin(Client client, byte[][] arguments) {
        Flushed flushed = new Flushed(client);
        return flushed.asking(new Call.FlushQueue(client.queue(arguments[1]), flushed));
    }

    private static final class Flushed extends OkqReply<Long> {
        Flushed(Client client) {
            super(client);
        }

        @Override
        protected void write(ReplyWriter out, Long gone) {
            out.simpleString("OK");
        }
    }
}
