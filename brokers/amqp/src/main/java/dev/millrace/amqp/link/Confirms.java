// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.link;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ReturnCallback;
import com.rabbitmq.client.ShutdownListener;
import com.rabbitmq.client.ShutdownSignalException;
import dev.millrace.amqp.link.Publication.Outcome;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/*
 * The server numbers what comes on a channel, and answers by number, one at a time or all up to one. What it cannot route it
 * sends back before it answers; that carries no number, so it is found by its content among what is not answered yet: the
 * oldest such message with the same key and bytes. Answers and returns come on one thread of the library.
 */
/** Matches the server's answers on one channel with what was published there. */
final class Confirms implements ConfirmListener, ReturnCallback, ShutdownListener {
    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final Semaphore window;
    private volatile long last;
    private long next = 1;

    /** One message that is not answered yet. */
    static final class Pending {
        private final Publication publication;
        private final Batch batch;
        private final int index;
        private volatile boolean returned;

        Pending(Publication publication, Batch batch, int index) {
            this.publication = publication;
            this.batch = batch;
            this.index = index;
        }

        private boolean is(Return back) {
            BasicProperties properties = back.getProperties();
            String id = properties.getMessageId();
            return !returned
                    && publication.routingKey().equals(back.getRoutingKey())
                    && (id == null || id.equals(publication.properties().getMessageId()))
                    && Arrays.equals(publication.body(), back.getBody());
        }
    }

    Confirms(Semaphore window) {
        this.window = window;
    }

    void expect(long number, Pending message) {
        pending.put(number, message);
        last = number;
    }

    @Override
    public void handle(Return back) {
        for (long number = next; number <= last; number++) {
            Pending message = pending.get(number);
            if (message != null && message.is(back)) {
                message.returned = true;
                return;
            }
        }
    }

    @Override
    public void handleAck(long number, boolean multiple) {
        answer(number, multiple, Outcome.CONFIRMED);
    }

    @Override
    public void handleNack(long number, boolean multiple) {
        answer(number, multiple, Outcome.REFUSED);
    }

    private void answer(long number, boolean multiple, Outcome outcome) {
        if (!multiple) {
            answer(pending.remove(number), outcome);
            while (next <= last && !pending.containsKey(next)) {
                next++;
            }
            return;
        }
        for (; next <= number; next++) {
            answer(pending.remove(next), outcome);
        }
    }

    private void answer(@Nullable Pending message, Outcome outcome) {
        if (message != null) {
            message.batch.answered(message.index, message.returned ? Outcome.UNROUTABLE : outcome);
            window.release();
        }
    }

    /** The channel is gone, and with it every answer. */
    @Override
    public void shutdownCompleted(ShutdownSignalException cause) {
        for (Long number : pending.keySet()) {
            lose(number, cause);
        }
    }

    /** A message whose answer will not come. */
    void lose(long number, Throwable cause) {
        Pending message = pending.remove(number);
        if (message != null) {
            message.batch.unknown(Causes.told("publishing", cause));
            window.release();
        }
    }
}
