// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.okq;

import dev.millrace.hosting.Call;
import dev.millrace.hosting.HostedJob;
import dev.millrace.hosting.Verb;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Node;
import dev.millrace.server.commands.Replies;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Reply;
import java.util.List;

/** {@code QRPOP queue [EX seconds]}: the next event; of any other word behind the queue nothing is thought. */
final class Popping {
    static final long USUAL_LEASE_SECONDS = 30;

    /** A hundred years. */
    private static final long LONGEST_SECONDS = 3_155_760_000L;

    private Popping() {}

    static Reply begin(Client client, byte[][] arguments) {
        long lease = USUAL_LEASE_SECONDS;
        if (arguments.length > 3 && Words.is(arguments[2], "ex")) {
            lease = Math.min(GoText.seconds(arguments[3], "expires"), LONGEST_SECONDS);
        }
        Popped popped = new Popped(client, lease == 0);
        return popped.asking(new Call.Take(List.of(client.queue(arguments[1])), 1, false, lease * 1000, popped));
    }

    private static final class Popped extends OkqReply<List<HostedJob>> {
        private final Node node;
        private final boolean ended;

        Popped(Client client, boolean ended) {
            super(client);
            this.node = client.node();
            this.ended = ended;
        }

        @Override
        protected void write(ReplyWriter out, List<HostedJob> jobs) {
            if (jobs.isEmpty()) {
                out.nullBulk();
            } else {
                Events.writeTaken(out, node, jobs.getFirst());
            }
        }

        /** Nobody reads it: the event goes back, unless it is gone. */
        @Override
        public void unread() {
            List<HostedJob> jobs = value();
            if (!ended && jobs != null && !jobs.isEmpty()) {
                List<Long> numbers = jobs.stream().map(HostedJob::number).toList();
                Replies.Silent<Integer> nobody = new Replies.Silent<>();
                node.loop()
                        .execute(
                                () -> node.host().run(List.of(new Call.Change(new Verb.Undeliver(), numbers, nobody))));
            }
        }
    }
}
