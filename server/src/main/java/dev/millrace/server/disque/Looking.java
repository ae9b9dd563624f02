// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.broker.Pause;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.HostedJob;
import dev.millrace.hosting.HostedQueue;
import dev.millrace.hosting.HostedView;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Ids;
import dev.millrace.server.commands.Node;
import dev.millrace.server.commands.Replies;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code SHOW QLEN QPEEK QSTAT}: a look at one job or one queue. */
final class Looking {
    private static final int PAIRS = 10;
    private static final long MOST = 1_000_000;

    private Looking() {}

    static Reply show(Client client, byte[][] arguments) {
        long number = client.node().ids().number(arguments[1]);
        if (number == Ids.UNKNOWN) {
            return Replies.nullBulk();
        }
        Replies.Of<Optional<HostedView>> reply = shown(client);
        return reply.asking(new Call.Show(number, client.reach(), reply));
    }

    private static Replies.Of<Optional<HostedView>> shown(Client client) {
        return Replies.Of.free(client, (out, view) -> {
            if (view.isPresent()) {
                JobWriter.show(out, client.node(), view.get());
            } else {
                out.nullBulk();
            }
        });
    }

    /** {@code FINDJOB id}: the job whose producer chose this id, as SHOW shows it, where the client may name its queue. */
    static Reply find(Client client, byte[][] arguments) {
        JobId id;
        try {
            id = new JobId(Words.text(arguments[1]));
        } catch (IllegalArgumentException nobodyCouldChooseIt) {
            return Replies.nullBulk();
        }
        Replies.Of<Optional<HostedView>> reply = shown(client);
        return reply.asking(new Call.Find(id, client.reach(), reply));
    }

    static Reply length(Client client, byte[][] arguments) {
        Replies.Of<Optional<HostedQueue>> reply = Replies.Of.free(
                client,
                (out, queue) -> out.integer(queue.map(HostedQueue::queued).orElse(0L)));
        return reply.asking(new Call.Look(client.queue(arguments[1]), reply));
    }

    static Reply peek(Client client, byte[][] arguments) {
        Node node = client.node();
        long count = Math.clamp(Words.number(arguments[2]), -MOST, MOST);
        QueueName queue = client.queue(arguments[1]);
        if (count == 0) {
            return GetJob.none();
        }
        Replies.Of<List<HostedJob>> reply = Replies.Of.free(client, (out, jobs) -> {
            out.arrayHeader(jobs.size());
            for (HostedJob job : jobs) {
                out.arrayHeader(3);
                JobWriter.three(out, node, job);
            }
        });
        return reply.asking(new Call.Peek(queue, count, reply));
    }

    static Reply stat(Client client, byte[][] arguments) {
        Node node = client.node();
        Replies.Of<Optional<HostedQueue>> reply = Replies.Of.free(client, (out, queue) -> {
            if (queue.isPresent()) {
                write(out, node, queue.get());
            } else {
                out.nullArray();
            }
        });
        return reply.asking(new Call.Look(client.queue(arguments[1]), reply));
    }

    private static void write(ReplyWriter out, Node node, HostedQueue queue) {
        out.arrayHeader(2 * PAIRS);
        out.bulk("name");
        node.names().write(out, queue.name(), Map.of());
        out.bulk("len").integer(queue.queued());
        out.bulk("age").integer(queue.ageMillis() / 1000);
        out.bulk("idle").integer(queue.idleMillis() / 1000);
        out.bulk("blocked").integer(queue.takers());
        out.bulk("import-from").arrayHeader(0);
        out.bulk("import-rate").integer(0);
        out.bulk("jobs-in").integer(queue.in());
        out.bulk("jobs-out").integer(queue.out());
        out.bulk("pause").bulk(word(queue.pause()));
    }

    static String word(Pause pause) {
        return switch (pause) {
            case NONE -> "none";
            case IN -> "in";
            case OUT -> "out";
            case BOTH -> "all";
        };
    }
}
