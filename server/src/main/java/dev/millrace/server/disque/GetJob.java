// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.hosting.Call;
import dev.millrace.hosting.HostedJob;
import dev.millrace.hosting.Verb;
import dev.millrace.job.QueueName;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Node;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.Replies;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Asked;
import dev.millrace.server.listening.Ready;
import dev.millrace.server.listening.Reply;
import java.util.ArrayList;
import java.util.List;

/** {@code GETJOB [NOHANG] [TIMEOUT ms] [COUNT n] [WITHCOUNTERS] [WITHHEADERS] FROM queue…}. */
final class GetJob {
    static final String LEAVING = "LEAVING This node is leaving the cluster, please connect to a different one";

    private static final String COUNT = "ERR COUNT must be a number greater than zero";
    private static final long MOST = 1_000_000;

    private GetJob() {}

    static Reply begin(Client client, byte[][] arguments) {
        Wanted wanted = new Wanted();
        int from = wanted.read(arguments);
        List<QueueName> queues = queues(client, arguments, from);
        boolean leaving = client.node().leaving();
        Taken taken = new Taken(client, queues, wanted, leaving && !wanted.nohang);
        return taken.asking(new Call.Take(queues, (int) Math.min(wanted.count, MOST), taken.patient(), taken));
    }

    private static List<QueueName> queues(Client client, byte[][] arguments, int from) {
        if (from == arguments.length - 1) {
            return List.of(client.queue(arguments[from]));
        }
        List<QueueName> queues = new ArrayList<>(arguments.length - from);
        for (int i = from; i < arguments.length; i++) {
            queues.add(client.queue(arguments[i]));
        }
        return queues;
    }

    /** What stands before the queues. */
    static final class Wanted {
        private boolean nohang;
        private boolean counters;
        private boolean headers;
        private long timeout;
        private long count = 1;

        /** Reads the options; says where the queues begin. */
        int read(byte[][] words) {
            for (int at = 1; at < words.length; at++) {
                byte[] word = words[at];
                boolean last = at == words.length - 1;
                if (Words.is(word, "from") && !last) {
                    return at + 1;
                } else if (Words.is(word, "nohang")) {
                    nohang = true;
                } else if (Words.is(word, "withcounters")) {
                    counters = true;
                } else if (Words.is(word, "withheaders")) {
                    headers = true;
                } else if (Words.is(word, "timeout") && !last) {
                    timeout = Words.timeout(words[++at]);
                } else if (Words.is(word, "count") && !last) {
                    count = Words.number(words[++at], COUNT);
                    if (count <= 0) {
                        throw new Refusal(COUNT);
                    }
                } else {
                    throw new Refusal(Refusal.SYNTAX);
                }
            }
            throw new Refusal(Refusal.SYNTAX);
        }
    }

    /** The jobs, or nothing. */
    static final class Taken extends Asked<List<HostedJob>> {
        private static final int FIELDS = 3;
        private static final int COUNTERS = 4;
        private static final int HEADERS = 2;

        private final Node node;
        private final List<QueueName> queues;
        private final Wanted wanted;
        private boolean leaving;

        Taken(Client client, List<QueueName> queues, Wanted wanted, boolean leaving) {
            super(client.connection());
            this.node = client.node();
            this.queues = queues;
            this.wanted = wanted;
            this.leaving = leaving;
        }

        @Override
        public boolean patient() {
            return !wanted.nohang && !leaving;
        }

        @Override
        public boolean holds() {
            return patient();
        }

        @Override
        public boolean joins(Reply waiting) {
            return patient() && waiting instanceof Taken other && other.queues.equals(queues);
        }

        @Override
        public long patienceMillis() {
            return wanted.timeout;
        }

        @Override
        public void giveUp() {
            give(List.of());
        }

        @Override
        public void leave() {
            leaving = true;
            giveUp();
        }

        /** Nobody reads it: the jobs go back. */
        @Override
        public void unread() {
            List<HostedJob> jobs = value();
            if (jobs != null && !jobs.isEmpty()) {
                List<Long> numbers = jobs.stream().map(HostedJob::number).toList();
                Replies.Silent<Integer> nobody = new Replies.Silent<>();
                node.loop()
                        .execute(
                                () -> node.host().run(List.of(new Call.Change(new Verb.Undeliver(), numbers, nobody))));
            }
        }

        @Override
        protected void write(ReplyWriter out, List<HostedJob> jobs) {
            if (jobs.isEmpty()) {
                if (leaving) {
                    out.error(LEAVING);
                } else {
                    out.nullArray();
                }
                return;
            }
            out.arrayHeader(jobs.size());
            for (HostedJob job : jobs) {
                out.arrayHeader(FIELDS + (wanted.counters ? COUNTERS : 0) + (wanted.headers ? HEADERS : 0));
                if (wanted.headers) {
                    JobWriter.threeBare(out, node, job);
                } else {
                    JobWriter.threeTaken(out, node, job);
                }
                if (wanted.counters) {
                    JobWriter.counters(out, job);
                }
                if (wanted.headers) {
                    JobWriter.headers(out, job.headers());
                }
            }
        }

        @Override
        protected void writeFailure(ReplyWriter out, RuntimeException why) {
            Replies.failure(out, why);
        }
    }

    /** An empty listing. */
    static Reply none() {
        return Ready.of(out -> out.arrayHeader(0));
    }
}
