// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.okq;

import dev.millrace.hosting.Call;
import dev.millrace.hosting.HostedJob;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Node;
import dev.millrace.server.listening.Reply;
import java.util.List;

/** {@code QLPEEK queue} and {@code QRPEEK queue}: a look at the newest event, or at the next. */
final class Peeking {
    private Peeking() {}

    static Reply left(Client client, byte[][] arguments) {
        return peek(client, arguments, -1);
    }

    static Reply right(Client client, byte[][] arguments) {
        return peek(client, arguments, 1);
    }

    private static Reply peek(Client client, byte[][] arguments, long which) {
        Seen seen = new Seen(client);
        return seen.asking(new Call.Peek(client.queue(arguments[1]), which, seen));
    }

    private static final class Seen extends OkqReply<List<HostedJob>> {
        private final Node node;

        Seen(Client client) {
            super(client);
            this.node = client.node();
        }

        @Override
        protected void write(ReplyWriter out, List<HostedJob> jobs) {
            if (jobs.isEmpty()) {
                out.nullBulk();
            } else {
                Events.write(out, node, jobs.getFirst());
            }
        }
    }
}
