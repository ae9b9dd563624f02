// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.broker.Pause;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.HostedQueue;
import dev.millrace.job.QueueName;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.Replies;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Reply;
import java.util.Optional;

/**
 * {@code PAUSE queue option…}. The words of one call are taken together and replace what was paused before; {@code none}
 * takes back those before it, {@code state} and {@code bcast} change nothing.
 */
final class PauseQueue {
    private static final int IN = 1;
    private static final int OUT = 2;

    private PauseQueue() {}

    static Reply begin(Client client, byte[][] arguments) {
        int paused = 0;
        boolean changes = false;
        for (int i = 2; i < arguments.length; i++) {
            byte[] word = arguments[i];
            if (Words.is(word, "none")) {
                paused = 0;
            } else if (Words.is(word, "in")) {
                paused |= IN;
            } else if (Words.is(word, "out")) {
                paused |= OUT;
            } else if (Words.is(word, "all")) {
                paused |= IN | OUT;
            } else if (Words.is(word, "state") || Words.is(word, "bcast")) {
                continue;
            } else {
                throw new Refusal(Refusal.SYNTAX);
            }
            changes = true;
        }
        QueueName queue = client.queue(arguments[1]);
        return changes ? set(client, queue, pause(paused)) : ask(client, queue);
    }

    private static Pause pause(int paused) {
        return switch (paused) {
            case 0 -> Pause.NONE;
            case IN -> Pause.IN;
            case OUT -> Pause.OUT;
            default -> Pause.BOTH;
        };
    }

    private static Reply set(Client client, QueueName queue, Pause pause) {
        Replies.Of<Pause> reply = Replies.Of.free(client, (out, now) -> out.simpleString(Looking.word(now)));
        return reply.asking(new Call.SetPause(queue, pause, reply));
    }

    private static Reply ask(Client client, QueueName queue) {
        Replies.Of<Optional<HostedQueue>> reply = Replies.Of.free(
                client,
                (out, found) -> out.simpleString(
                        Looking.word(found.map(HostedQueue::pause).orElse(Pause.NONE))));
        return reply.asking(new Call.Look(queue, reply));
    }
}
