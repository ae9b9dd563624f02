// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.hosting.Call;
import dev.millrace.hosting.Ending;
import dev.millrace.hosting.Renewal;
import dev.millrace.hosting.Verb;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Ids;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.Replies;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Reply;
import java.util.ArrayList;
import java.util.List;

/** {@code ACKJOB FASTACK DELJOB ENQUEUE DEQUEUE NACK WORKING DEADJOB REVIVE}: commands that name jobs, and what is to become of them. */
final class Settling {
    private static final Verb ACK = new Verb.End(Ending.ACKED);
    private static final Verb DELETE = new Verb.End(Ending.DELETED);
    private static final Verb ENQUEUE = new Verb.Enqueue(false, 0);
    private static final Verb DEQUEUE = new Verb.Dequeue();
    private static final Verb NACK = new Verb.Enqueue(true, 0);
    private static final Verb REVIVE = new Verb.Revive();
    private static final Reply NONE = Replies.integer(0);
    private static final String NO_JOB = "NOJOB Job not known in the context of this node.";
    private static final String TOO_LATE =
            "TOOLATE Half of job TTL already elapsed, you are no longer" + " allowed to postpone the next delivery.";

    private Settling() {}

    static Reply ack(Client client, byte[][] arguments) {
        return change(client, ACK, arguments, 1, arguments.length);
    }

    static Reply delete(Client client, byte[][] arguments) {
        return change(client, DELETE, arguments, 1, arguments.length);
    }

    static Reply enqueue(Client client, byte[][] arguments) {
        return change(client, ENQUEUE, arguments, 1, arguments.length);
    }

    static Reply dequeue(Client client, byte[][] arguments) {
        return change(client, DEQUEUE, arguments, 1, arguments.length);
    }

    /** {@code NACK id… [DELAY s | PDELAY ms] [HEADER name value]…}. */
    static Reply nack(Client client, byte[][] arguments) {
        int options = options(arguments, 2);
        Additions more = new Additions(arguments, options);
        Verb verb = more.isEmpty() ? NACK : new Verb.Enqueue(true, more.delayMillis(), more.headers());
        return change(client, verb, arguments, 1, options);
    }

    /** {@code DEADJOB reason id… [HEADER name value]…}. */
    static Reply bury(Client client, byte[][] arguments) {
        int options = options(arguments, 3);
        Additions more = new Additions(arguments, options);
        if (more.hasDelay()) {
            throw new Refusal(Refusal.SYNTAX);
        }
        return change(client, new Verb.Bury(Words.text(arguments[1]), more.headers()), arguments, 2, options);
    }

    /** {@code REVIVE id…}. */
    static Reply revive(Client client, byte[][] arguments) {
        return change(client, REVIVE, arguments, 1, arguments.length);
    }

    /** Where the ids end: at the first word that is an option with something behind it. */
    private static int options(byte[][] arguments, int from) {
        int at = from;
        while (at < arguments.length - 1 && !Additions.isOption(arguments[at])) {
            at++;
        }
        return at < arguments.length - 1 ? at : arguments.length;
    }

    private static Reply change(Client client, Verb verb, byte[][] arguments, int from, int to) {
        List<Long> numbers = numbers(client.node().ids(), arguments, from, to);
        if (numbers.isEmpty()) {
            return NONE;
        }
        Replies.Of<Integer> reply = Replies.Of.free(client, (out, changed) -> out.integer(changed));
        return reply.asking(new Call.Change(verb, numbers, client.reach(), reply));
    }

    /** The known ones of some ids; all are looked at before anything is done. */
    private static List<Long> numbers(Ids ids, byte[][] arguments, int from, int to) {
        if (to - from == 1) {
            long number = ids.number(arguments[from]);
            return number == Ids.UNKNOWN ? List.of() : List.of(number);
        }
        List<Long> numbers = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            long number = ids.number(arguments[i]);
            if (number != Ids.UNKNOWN) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    static Reply working(Client client, byte[][] arguments) {
        long number = client.node().ids().number(arguments[1]);
        if (number == Ids.UNKNOWN) {
            throw new Refusal(NO_JOB);
        }
        Replies.Of<Renewal> reply = Replies.Of.free(client, Settling::renewed);
        return reply.asking(new Call.Renew(number, client.reach(), reply));
    }

    private static void renewed(ReplyWriter out, Renewal renewal) {
        switch (renewal.outcome()) {
            case RENEWED -> out.integer(renewal.retryMillis() / 1000);
            case UNKNOWN -> out.error(NO_JOB);
            case TOO_LATE -> out.error(TOO_LATE);
        }
    }
}
