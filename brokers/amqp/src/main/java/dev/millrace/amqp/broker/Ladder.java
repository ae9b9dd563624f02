// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/*
 * A message expires only at the head of its queue, so all messages of a waiting queue must wait equally long. There is one
 * such queue for each power of two, the rungs:
 *
 *   millrace.wait.N   exchange   a message with millrace-wait-N true goes to the queue N, with false on to the exchange N-1
 *   millrace.wait.N   queue      50 ms x 2^N, then on to the exchange N-1
 *   millrace.wait.on  exchange   to the queue of that name
 *   millrace.wait.on  queue      50 ms, then on to the exchange millrace.wait.out
 *   millrace.wait.out exchange   to the queue of the job, which is bound under its name; if it is gone, to millrace.wait.lost
 *
 * A delay is rounded up to a number of 50 ms; one of them is waited in the last queue, which everybody passes, and the bits of
 * the rest say on which rungs to wait. A message enters at the exchange of its highest bit. The routing key stays the name of
 * the job's queue all the way, which may be as long as a key may be: therefore bits are headers.
 *
 * A waiting queue hands on with confirms, 32 at a time, and what cannot be handed on holds up all that is behind it, of every queue.
 * Therefore the last exchange has a place for jobs whose queue is gone.
 *
 * The top rung is twenty days. What waits longer comes out early, with a header that says how much longer; whoever receives it
 * sends it round again.
 */
/** The waiting queues, shared by all jobs of a virtual host: how a job is sent there, and how they are declared. */
final class Ladder {
    /** How much longer to wait after this round, in milliseconds. */
    static final String MORE = "millrace-wait-more";

    static final String BIT = "millrace-wait-";

    static final long STEP_MILLIS = 50;
    private static final int RUNGS = 26;
    private static final String NAME = "millrace.wait.";
    private static final String LAST = NAME + "on";

    /** Where every queue is bound under its name. */
    static final String OUT = NAME + "out";

    /** A queue for jobs whose own queue was gone when their time had come. */
    static final String LOST = NAME + "lost";

    /** An exchange that is declared last: if it is there, all is. */
    static final String WHOLE = "millrace.wait";

    private static final long LONGEST_STEPS = 1L << RUNGS;

    private Ladder() {}

    /** Where a message enters, and the headers that guide it. */
    record Way(String exchange, Map<String, Object> headers) {}

    /** The way of a message that is to wait. */
    static Way way(Duration delay) {
        long millis = millis(delay);
        long steps = Math.ceilDiv(millis, STEP_MILLIS);
        long now = Math.clamp(steps, 1, LONGEST_STEPS);
        Map<String, Object> headers = new HashMap<>();
        if (now < steps) {
            headers.put(MORE, millis - now * STEP_MILLIS);
        }
        long rest = now - 1;
        int top = Long.SIZE - 1 - Long.numberOfLeadingZeros(rest);
        for (int rung = 0; rung <= top; rung++) {
            headers.put(BIT + rung, (rest >> rung & 1) == 1);
        }
        return new Way(top < 0 ? LAST : NAME + top, headers);
    }

    private static long millis(Duration delay) {
        long millis = delay.toMillis();
        return delay.equals(Duration.ofMillis(millis)) ? millis : millis + 1;
    }

    /** Declares all that is missing. */
    static void declare(Channel channel, QueueKind kind, int serverMajor) throws IOException {
        channel.exchangeDeclare(LOST, BuiltinExchangeType.FANOUT, true);
        channel.queueDeclare(LOST, true, false, false, kind.plain(serverMajor));
        channel.queueBind(LOST, LOST, "");
        channel.exchangeDeclare(OUT, BuiltinExchangeType.DIRECT, true, false, Map.of("alternate-exchange", LOST));
        channel.exchangeDeclare(LAST, BuiltinExchangeType.FANOUT, true);
        channel.queueDeclare(LAST, true, false, false, kind.waiting(serverMajor, STEP_MILLIS, OUT));
        channel.queueBind(LAST, LAST, "");
        String below = LAST;
        for (int rung = 0; rung < RUNGS; rung++) {
            String name = NAME + rung;
            channel.exchangeDeclare(name, BuiltinExchangeType.HEADERS, true);
            channel.queueDeclare(name, true, false, false, kind.waiting(serverMajor, STEP_MILLIS << rung, below));
            channel.queueBind(name, name, "", bit(rung, true));
            channel.exchangeBind(below, name, "", bit(rung, false));
            below = name;
        }
        channel.exchangeDeclare(WHOLE, BuiltinExchangeType.FANOUT, true);
    }

    private static Map<String, Object> bit(int rung, boolean value) {
        return Map.of("x-match", "all", BIT + rung, value);
    }
}
