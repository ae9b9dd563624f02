// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.AmqpTopology;
import dev.millrace.amqp.link.Causes;
import dev.millrace.amqp.link.Channels;
import dev.millrace.amqp.link.Declaring;
import dev.millrace.amqp.link.Link;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * A queue that exists is used as it is: one that somebody else declared in another way must not be an error. So each is asked
 * for first. The server answers that there is none by closing the channel; that happens once for each new queue.
 */
/** Makes queues that are missing, and asks how they stand. One channel, one question at a time. Thread-safe. */
final class Queues {
    private final Link link;
    private final Site.Conditions conditions;
    private final Registry registry;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Set<String> bound = ConcurrentHashMap.newKeySet();
    private volatile boolean waiting;
    private @Nullable Channel channel;

    Queues(Link link, Site.Conditions conditions, Registry registry) {
        this.link = link;
        this.conditions = conditions;
        this.registry = registry;
    }

    /** Something to ask the server. */
    interface Question<T> {
        T ask(Channel channel) throws IOException;
    }

    /** Asks; nothing if what was asked for does not exist. */
    <T> Optional<T> ask(String doing, Question<T> question) {
        lock.lock();
        try {
            return Optional.of(question.ask(channel()));
        } catch (IOException | RuntimeException e) {
            drop();
            if (Causes.code(e) == AMQP.NOT_FOUND) {
                return Optional.empty();
            }
            throw Causes.told(doing, e);
        } finally {
            lock.unlock();
        }
    }

    private Channel channel() {
        Channel current = channel;
        if (current == null || !current.isOpen()) {
            current = link.channel();
            channel = current;
        }
        return current;
    }

    /** After an error the server has closed the channel, or soon will. */
    private void drop() {
        Channel broken = channel;
        channel = null;
        if (broken != null) {
            Channels.abort(broken);
        }
    }

    /** Makes sure that a queue is there. */
    void ensure(String queue) {
        if (known.contains(queue)) {
            return;
        }
        AmqpTopology shared = conditions.topology();
        if (shared != null && shared.queue(queue).isPresent()) {
            ask("declaring exchange " + shared.exchange() + " and its queues", open -> {
                Declaring.all(open, shared);
                return true;
            });
        } else if (counts(queue).isEmpty()) {
            registry.add(queue);
            ask(
                    "declaring queue " + queue,
                    open -> open.queueDeclare(
                            queue, true, false, false, conditions.kind().arguments(major())));
            ensureWaiting(queue);
        }
        known.add(queue);
    }

    /** Makes sure that jobs can wait for a queue, and come to it when their time has come. */
    void ensureWaiting(String queue) {
        ensureLadder();
        if (bound.contains(queue)) {
            return;
        }
        if (ask("binding queue " + queue, open -> open.queueBind(queue, Ladder.OUT, queue))
                .isEmpty()) {
            throw AmqpException.passing("there is no queue " + queue + " that a job could wait for; declare it", null);
        }
        bound.add(queue);
    }

    private void ensureLadder() {
        if (waiting) {
            return;
        }
        if (ask("looking for the waiting queues", open -> open.exchangeDeclarePassive(Ladder.WHOLE))
                .isEmpty()) {
            ask("declaring the waiting queues", open -> {
                Ladder.declare(open, conditions.kind(), major());
                return true;
            });
        }
        waiting = true;
    }

    /** A queue may be gone: somebody has deleted it. */
    void forget(String queue) {
        known.remove(queue);
        bound.remove(queue);
    }

    /** A part of the ladder is gone: all of it is declared again when it is needed, by everybody. */
    void forgetLadder() {
        waiting = false;
        bound.clear();
        ask("having the waiting queues declared again", open -> {
            open.exchangeDelete(Ladder.WHOLE);
            return true;
        });
    }

    /** How many messages lie ready in a queue; nothing if there is none. */
    Optional<Long> counts(String queue) {
        return ask("asking for queue " + queue, open ->
                (long) open.queueDeclarePassive(queue).getMessageCount());
    }

    private int major() {
        Object version = link.connection().getServerProperties().get("version");
        String text = String.valueOf(version);
        int dot = text.indexOf('.');
        try {
            return Integer.parseInt(dot < 0 ? text : text.substring(0, dot));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    void close() {
        lock.lock();
        try {
            Channel open = channel;
            channel = null;
            if (open != null) {
                Channels.close(open);
            }
        } finally {
            lock.unlock();
        }
    }
}
