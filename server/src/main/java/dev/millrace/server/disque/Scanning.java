// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.hosting.Call;
import dev.millrace.hosting.HostedQueue;
import dev.millrace.hosting.HostedView;
import dev.millrace.hosting.HostedView.State;
import dev.millrace.job.QueueName;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Node;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Ready;
import dev.millrace.server.listening.Reply;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code QSCAN} and {@code JSCAN}: listings of queues and jobs in parts. */
final class Scanning {
    private static final String STATE = "ERR Invalid job state name";
    private static final String REPLY = "ERR Invalid REPLY type, try ID or ALL";
    private static final long ANY = -1;

    private Scanning() {}

    /** {@code QSCAN [cursor] [COUNT n] [BUSYLOOP] [MINLEN n] [MAXLEN n] [IMPORTRATE n]}. */
    static Reply queues(Client client, byte[][] arguments) {
        ScanWords words = new ScanWords();
        long least = ANY;
        long most = ANY;
        long rate = ANY;
        int at = 1;
        while (at < arguments.length) {
            boolean last = at == arguments.length - 1;
            if (Words.is(arguments[at], "minlen") && !last) {
                least = Words.number(arguments[at + 1]);
                at += 2;
            } else if (Words.is(arguments[at], "maxlen") && !last) {
                most = Words.number(arguments[at + 1]);
                at += 2;
            } else if (Words.is(arguments[at], "importrate") && !last) {
                rate = Words.number(arguments[at + 1]);
                at += 2;
            } else {
                at += words.read(arguments, at);
            }
        }
        long min = least;
        long max = most;
        boolean importing = rate > 0;
        return new Scan<HostedQueue>(
                        client,
                        words,
                        Call.ListQueues::new,
                        queue -> (min == ANY || queue.queued() >= min)
                                && (max == ANY || queue.queued() <= max)
                                && !importing
                                && client.sees(queue.name()),
                        (out, queue) -> client.node().names().write(out, queue.name(), Map.of()))
                .begin();
    }

    /** {@code JSCAN [cursor] [COUNT n] [BUSYLOOP] [QUEUE q] [STATE s]… [REPLY all|id]}. */
    static Reply jobs(Client client, byte[][] arguments) {
        ScanWords words = new ScanWords();
        Optional<QueueName> queue = Optional.empty();
        Set<State> states = EnumSet.noneOf(State.class);
        boolean all = false;
        boolean anyState = true;
        int at = 1;
        while (at < arguments.length) {
            boolean last = at == arguments.length - 1;
            if (Words.is(arguments[at], "queue") && !last) {
                queue = Optional.of(client.queue(arguments[at + 1]));
                at += 2;
            } else if (Words.is(arguments[at], "state") && !last) {
                states.addAll(states(arguments[at + 1]));
                anyState = false;
                at += 2;
            } else if (Words.is(arguments[at], "reply") && !last) {
                all = showsAll(arguments[at + 1]);
                at += 2;
            } else {
                at += words.read(arguments, at);
            }
        }
        if (states.isEmpty() && !anyState) {
            return Ready.of(out -> out.arrayHeader(2).bulk("0").arrayHeader(0));
        }
        Call.Filter filter = new Call.Filter(queue, anyState ? EnumSet.allOf(State.class) : states);
        return scan(client, words, filter, all);
    }

    private static Reply scan(Client client, ScanWords words, Call.Filter filter, boolean all) {
        Node node = client.node();
        return new Scan<HostedView>(
                        client,
                        words,
                        (cursor, steps, answer) -> new Call.ListJobs(cursor, steps, filter, answer),
                        view -> client.sees(view.job().queue()),
                        (out, view) -> {
                            if (all) {
                                JobWriter.show(out, node, view);
                            } else {
                                node.ids().writeSimple(out, view.job());
                            }
                        })
                .begin();
    }

    /** The names of the original are states of ours: a job that waits for its delay is active there too. */
    private static Set<State> states(byte[] word) {
        return switch (Words.lower(word)) {
            case "wait-repl", "acked" -> Set.of();
            case "active" -> EnumSet.of(State.WAITING, State.ACTIVE);
            case "queued" -> EnumSet.of(State.QUEUED);
            case "dead" -> EnumSet.of(State.DEAD);
            default -> throw new Refusal(STATE);
        };
    }

    private static boolean showsAll(byte[] word) {
        if (!Words.is(word, "all") && !Words.is(word, "id")) {
            throw new Refusal(REPLY);
        }
        return Words.is(word, "all");
    }
}
