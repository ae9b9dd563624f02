// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.broker.Administrable;
import dev.millrace.hosting.Answer;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.Ending;
import dev.millrace.hosting.HostedView;
import dev.millrace.job.QueueName;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Ids;
import dev.millrace.server.commands.Node;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.Replies;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Asked;
import dev.millrace.server.listening.Reply;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Words that Disque does not have: {@code DEADLIST REDRIVE DEADPURGE PURGE WAITJOB}. What may take long is done off the
 * loop; the connection waits, the others do not.
 */
final class Extras {
    private static final String COUNT = "ERR COUNT must be a number greater than zero";

    private Extras() {}

    /** {@code PURGE queue}: throws away what is queued or delayed. */
    static Reply purge(Client client, byte[][] arguments) {
        QueueName queue = client.queue(arguments[1]);
        Administrable broker = administrable(client);
        return elsewhere(client, () -> broker.purge(queue));
    }

    /** {@code DEADPURGE queue}: throws away what was put aside. */
    static Reply purgeDead(Client client, byte[][] arguments) {
        QueueName queue = client.queue(arguments[1]);
        Administrable broker = administrable(client);
        return elsewhere(client, () -> broker.purgeDead(queue));
    }

    /** {@code REDRIVE queue [count]}: queues again what was put aside, the oldest first. */
    static Reply redrive(Client client, byte[][] arguments) {
        if (arguments.length > 3) {
            throw new Refusal(Refusal.SYNTAX);
        }
        QueueName queue = client.queue(arguments[1]);
        int most = arguments.length == 2 ? Integer.MAX_VALUE : count(arguments[2]);
        Administrable broker = administrable(client);
        return elsewhere(client, () -> broker.redrive(queue, most));
    }

    private static int count(byte[] word) {
        long count = Words.number(word, COUNT);
        if (count <= 0) {
            throw new Refusal(COUNT);
        }
        return (int) Math.min(count, Integer.MAX_VALUE);
    }

    private static Administrable administrable(Client client) {
        return client.node()
                .broker()
                .facet(Administrable.class)
                .orElseThrow(() ->
                        new Refusal("ERR " + client.node().broker().name() + " has queues that nobody can manage"));
    }

    private static Reply elsewhere(Client client, Supplier<Long> work) {
        Replies.Of<Long> reply = Replies.Of.holding(client, (out, number) -> out.integer(number));
        client.node().elsewhere().execute(() -> {
            try {
                reply.give(work.get());
            } catch (RuntimeException e) {
                reply.fail(e);
            }
        });
        return reply;
    }

    /** {@code DEADLIST queue count}: what was put aside, as SHOW shows it. */
    static Reply dead(Client client, byte[][] arguments) {
        Node node = client.node();
        Call.Filter filter =
                new Call.Filter(Optional.of(client.queue(arguments[1])), EnumSet.of(HostedView.State.DEAD));
        return new DeadLetters(client, count(arguments[2]), filter, (out, view) -> JobWriter.showDead(out, node, view))
                .begin();
    }

    /** {@code WAITJOB id timeout-ms}: how a job ended, or nothing if it does not in time. */
    static Reply await(Client client, byte[][] arguments) {
        long number = client.node().ids().number(arguments[1]);
        long millis = Words.timeout(arguments[2]);
        if (number == Ids.UNKNOWN) {
            return Replies.bulk(word(Ending.UNKNOWN));
        }
        Awaited awaited = new Awaited(client, millis);
        return awaited.asking(new Call.Await(number, client.reach(), new Answer<>() {
            @Override
            public void give(Ending ending) {
                awaited.give(Optional.of(ending));
            }

            @Override
            public void fail(RuntimeException why) {
                awaited.fail(why);
            }
        }));
    }

    private static String word(Ending ending) {
        return ending.name().toLowerCase(Locale.ROOT);
    }

    private static final class Awaited extends Asked<Optional<Ending>> {
        private final long millis;

        Awaited(Client client, long millis) {
            super(client.connection());
            this.millis = millis;
        }

        @Override
        public boolean holds() {
            return true;
        }

        @Override
        public boolean patient() {
            return true;
        }

        @Override
        public long patienceMillis() {
            return millis;
        }

        @Override
        public void giveUp() {
            give(Optional.empty());
        }

        @Override
        protected void write(ReplyWriter out, Optional<Ending> ending) {
            if (ending.isPresent()) {
                out.bulk(word(ending.get()));
            } else {
                out.nullBulk();
            }
        }

        @Override
        protected void writeFailure(ReplyWriter out, RuntimeException why) {
            Replies.failure(out, why);
        }
    }
}
