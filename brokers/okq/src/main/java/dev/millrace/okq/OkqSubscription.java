// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import dev.millrace.resp.client.Batch;
import dev.millrace.resp.client.Connections;
import dev.millrace.resp.client.Pipeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/*
 * One connection is registered for the queues and has a QNOTIFY on its way nearly always; that it outlasts a wait that was cut
 * short costs nothing, the next wait goes on with it. Many QRPOPs go in one write, over a connection of the client, on the
 * thread that wants them.
 *
 * A queue in which something was found is asked again before anybody waits, for twice as many each time, until it is empty.
 */
/**
 * Takes the events of some queues, each for some time. One thread at a time pops and waits; {@link OkqClient#ackAll} says what
 * is done, from any thread. After the loss of a connection the next call connects and registers anew.
 */
public final class OkqSubscription implements AutoCloseable {
    /** A server of old wakes nobody for an event that comes back, and counts a consumer that has gone, until a QNOTIFY ends. */
    private static final long NOTIFY_SECONDS = 2;

    private static final int MOST_AT_ONCE = 256;

    private final OkqClient client;
    private final List<OkqName> queues;
    private final Connections registered;
    private final Pipeline notices;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Queues that may hold something, the next to ask first; all of them at the beginning. */
    private final Deque<Promising> promising = new ArrayDeque<>();

    /** Queues to which somebody gave an event back, which wakes nobody at a server of old. */
    private final Queue<OkqName> returned = new ConcurrentLinkedQueue<>();

    private volatile CompletableFuture<@Nullable Void> wake = new CompletableFuture<>();
    private @Nullable CompletableFuture<Optional<OkqName>> notice;

    /**
     * A queue that may hold something.
     *
     * @param queue which
     * @param burst for how many it is asked next
     */
    private record Promising(OkqName queue, int burst) {
        Promising(OkqName queue) {
            this(queue, 1);
        }

        Promising more() {
            return new Promising(queue, Math.min(MOST_AT_ONCE, 2 * burst));
        }
    }

    OkqSubscription(OkqClient client, List<OkqName> queues) {
        this.client = client;
        this.queues = List.copyOf(queues);
        this.registered = client.connections(queues);
        this.notices = new Pipeline(registered);
        promiseAll();
    }

    /**
     * Takes what is there (QRPOP), without waiting for more. An interrupt does not end it: what was popped is handed over.
     *
     * @param max how many at most; 1 or more
     * @param lease for how long: whole seconds, rounded up; zero takes them for good, at most once
     * @return the events, as each queue gives them; empty if nothing is known to be there
     */
    public List<OkqEvent> pop(int max, Duration lease) {
        if (closed.get()) {
            throw new IllegalStateException("the subscription is closed");
        }
        long seconds = lease.isZero() ? 0 : OkqClient.seconds(lease);
        listen();
        List<OkqEvent> popped = new ArrayList<>();
        int tries = promising.size();
        while (popped.size() < max && tries > 0 && !promising.isEmpty()) {
            tries--;
            Promising next = promising.remove();
            int asked = Math.min(next.burst(), max - popped.size());
            List<OkqEvent> some;
            try {
                some = pop(next.queue(), asked, seconds);
            } catch (OkqException e) {
                promising.add(next);
                if (popped.isEmpty()) {
                    throw e;
                }
                return popped;
            }
            popped.addAll(some);
            if (some.size() == asked) {
                promising.add(next.more());
                tries += popped.size() < max ? 1 : 0;
            }
        }
        return popped;
    }

    private List<OkqEvent> pop(OkqName queue, int count, long seconds) {
        if (count == 1) {
            return client.popFor(queue, seconds).stream().toList();
        }
        List<OkqEvent> events = new ArrayList<>(count);
        OkqException failed = null;
        for (Batch.Reply<Optional<OkqEvent>> reply : client.popMany(queue, count, seconds)) {
            try {
                reply.orThrow().ifPresent(events::add);
            } catch (OkqException e) {
                failed = e;
            }
        }
        if (failed != null && events.isEmpty()) {
            throw failed;
        }
        return events;
    }

    /**
     * Waits until something may be there (QNOTIFY). An interrupt ends the wait at once.
     *
     * @param patience for how long at most
     * @return whether to pop
     * @throws InterruptedException if the thread was interrupted; nothing is lost by that
     */
    public boolean await(Duration patience) throws InterruptedException {
        listen();
        CompletableFuture<Optional<OkqName>> coming = Objects.requireNonNull(notice);
        try {
            CompletableFuture.anyOf(coming, wake).get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            notice = null;
            throw failure(e.getCause());
        }
        if (coming.isDone()) {
            takeIn(coming);
        }
        takeInReturned();
        return !promising.isEmpty();
    }

    /** Has a QNOTIFY on its way; what the last one said is taken in before. */
    private void listen() {
        CompletableFuture<Optional<OkqName>> last = notice;
        if (last != null && last.isDone()) {
            takeIn(last);
        }
        if (notice == null) {
            notice = notices.submit(OkqCommands.await(NOTIFY_SECONDS));
        }
    }

    private void takeIn(CompletableFuture<Optional<OkqName>> said) {
        notice = null;
        joined(said).ifPresent(this::promise);
    }

    private void takeInReturned() {
        if (wake.isDone()) {
            wake = new CompletableFuture<>();
        }
        for (OkqName queue = returned.poll(); queue != null; queue = returned.poll()) {
            promise(queue);
        }
    }

    /** Has the next {@link #pop} ask every queue, whatever is known of them. */
    public void promiseAll() {
        queues.forEach(this::promise);
    }

    private void promise(OkqName queue) {
        if (promising.stream().noneMatch(known -> known.queue().equals(queue))) {
            promising.add(new Promising(queue));
        }
    }

    /**
     * Gives an event back, to be taken next (QACK REDO); a wait for something to be there ends.
     *
     * @param event which
     * @return false if nobody has it; or if the server knows no REDO, and then it comes again when its lease has ended
     */
    public boolean redo(OkqEvent event) {
        boolean known = client.redo(event.queue(), event.id());
        if (known) {
            returned.add(event.queue());
            wake.complete(null);
        }
        return known;
    }

    private static <T> T joined(CompletableFuture<T> reply) {
        try {
            return reply.join();
        } catch (CompletionException e) {
            throw failure(e.getCause());
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }

    /**
     * Ends waits, and closes the connections; the server no longer counts a consumer. Events that were popped and not
     * acknowledged come again when their lease has ended. May be called again, from any thread.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            notices.close();
            registered.close();
        }
    }
}
