// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.broker.EnqueueResult;
import dev.millrace.hosting.Answer;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.HostedView;
import dev.millrace.hosting.Terms;
import dev.millrace.job.Job;
import dev.millrace.job.QueueName;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Bodies;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Ids;
import dev.millrace.server.commands.Node;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.Replies;
import dev.millrace.server.commands.WireIds;
import dev.millrace.server.commands.WireNames;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Asked;
import dev.millrace.server.listening.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/*
 * The checks stand in the order of the original: options as they are written, timeout, RETRY 0 with copies, DELAY, nodes;
 * MAXLEN and pauses are the host's. Most jobs come without options: their terms and times are shared.
 */
/** {@code ADDJOB queue body timeout-ms [option]…}. */
final class AddJob {
    private static final int FIRST_OPTION = 4;
    private static final String RETRY_ZERO =
            "ERR With RETRY set to 0 please explicitly set  REPLICATE to 1" + " (at-most-once delivery)";
    private static final String DELAY =
            "ERR The specified DELAY is greater than TTL. Job refused since would" + " never be delivered";
    private static final String NODES = "NOREPL Not enough reachable nodes for the requested replication level";
    private static final String HOLD =
            NODES + ", since I'm unable to hold a copy of the message for the following reason: ";
    private static final String NO_NODES = NODES;
    private static final String LEAVING = HOLD + "I'm leaving the cluster";
    private static final String NO_MEMORY = HOLD + "I'm out of memory";

    private final Terms.RetryClock clock;
    private final AddOptions usual = new AddOptions();
    private final Terms usualTerms;
    private final Duration usualLife;
    private final int usualMark;

    AddJob(Terms.RetryClock clock) {
        this.clock = clock;
        this.usualTerms = usual.terms(clock);
        this.usualLife = Duration.ofSeconds(usual.ttl);
        this.usualMark = mark(usual);
    }

    private static int mark(AddOptions options) {
        return WireIds.mark(options.ttl * 1000, options.retrySeconds() == 0);
    }

    Reply begin(Client client, byte[][] arguments) {
        boolean plain = arguments.length == FIRST_OPTION;
        AddOptions options = plain ? usual : AddOptions.read(arguments, FIRST_OPTION);
        check(client.node(), options, arguments[3]);
        QueueName queue = client.queue(arguments[1]);
        byte[] body = arguments[2];
        client.node().memory().expect(body.length);
        Job job = Bodies.job(queue, body);
        if (options.hasTtl() || client.node().expires()) {
            job = job.expiringAfter(plain ? usualLife : Duration.ofSeconds(options.ttl));
        }
        if (!plain) {
            job = options.on(job, arguments[1]);
        }
        if (WireNames.isHashed(queue)) {
            job = job.withHeader(WireNames.HEADER, WireNames.header(arguments[1]));
        }
        Added added = new Added(client, plain ? usualMark : mark(options));
        return added.asking(new Call.Add(job, plain ? usualTerms : options.terms(clock), added));
    }

    private static void check(Node node, AddOptions options, byte[] timeout) {
        Words.timeout(timeout);
        if (options.replicate > 1 && options.retry == 0) {
            throw new Refusal(RETRY_ZERO);
        }
        if (options.delay >= options.ttl) {
            throw new Refusal(DELAY);
        }
        if (options.replicate > 1) {
            throw new Refusal(NO_NODES);
        }
        if (node.leaving()) {
            throw new Refusal(LEAVING);
        }
        if (node.memory().tight()) {
            throw new Refusal(NO_MEMORY);
        }
    }

    private static final class Added extends Asked<Call.Added> {
        private static final String ELSEWHERE = "DUPLICATE a job of a queue that you may not name has this id";

        private final Client client;
        private final Node node;
        private int mark;
        private boolean looked;
        private boolean hidden;

        Added(Client client, int mark) {
            super(client.connection());
            this.client = client;
            this.node = client.node();
            this.mark = mark;
        }

        /** The id of the job that was there before holds its time to live, which has to be asked for. */
        @Override
        protected @Nullable Call more(Call.Added given) {
            if (looked || given.number() == Ids.UNKNOWN || !(given.result() instanceof EnqueueResult.Duplicate)) {
                return null;
            }
            looked = true;
            Predicate<QueueName> reach = client.reach();
            hidden = !reach.equals(Call.ANYWHERE);
            return new Call.Show(given.number(), reach, new Answer<>() {
                @Override
                public void give(Optional<HostedView> view) {
                    view.ifPresent(found -> {
                        mark = WireIds.mark(
                                found.job().lifeMillis(), found.job().once());
                        hidden = false;
                    });
                    Added.this.give(given);
                }

                @Override
                public void fail(RuntimeException why) {
                    Added.this.fail(why);
                }
            });
        }

        @Override
        protected void write(ReplyWriter out, Call.Added given) {
            switch (given.result()) {
                case EnqueueResult.Stored stored -> node.ids().writeAdded(out, given, mark);
                case EnqueueResult.Duplicate duplicate ->
                    out.error(hidden ? ELSEWHERE : "DUPLICATE " + node.ids().duplicate(given, mark));
                case EnqueueResult.Refused refused -> out.error(line(refused));
            }
        }

        private static String line(EnqueueResult.Refused refused) {
            return switch (refused.reason()) {
                case QUEUE_FULL -> "MAXLEN Queue is already longer than the specified MAXLEN count";
                case PAUSED -> "PAUSED Queue paused in input, try later";
                default -> "ERR " + refused.detail();
            };
        }

        @Override
        protected void writeFailure(ReplyWriter out, RuntimeException why) {
            Replies.failure(out, why);
        }
    }
}
