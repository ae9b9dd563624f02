// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.Delivery;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Receives the jobs of one queue, as many as there are free places and some ahead, and starts them. When the broker fails it
 * waits and asks again, the second time on a new receiver; it never ends before it is stopped.
 */
final class Taker implements Runnable {
    /** How long one call waits for a job. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Lane lane;
    private final Intake intake;
    private final Foresight foresight;
    private final Interruptible calls = new Interruptible();
    private final Backoff backoff;
    private final Thread thread;
    private @Nullable Session session;
    private long failingSince;
    private volatile boolean stopping;
    private volatile boolean over;

    Taker(Lane lane, Intake intake, Session first) {
        this.lane = lane;
        this.intake = intake;
        this.foresight = new Foresight(lane.readAhead(), Nanos.now());
        this.backoff = lane.backoff();
        this.session = first;
        this.thread = lane.threads().ofQueue("take-" + lane.queue(), this);
    }

    void start() {
        thread.start();
    }

    /** Receives no more. */
    void stop() {
        stopping = true;
        lane.backlog().close();
        lane.launcher().handBackStale(Nanos.now());
        calls.stop();
        lane.slots().room().ring();
    }

    /** Where to wait for its end. */
    Bell end() {
        return lane.slots().end();
    }

    /** Whether it has ended. */
    boolean isOver() {
        return over;
    }

    @Override
    public void run() {
        while (!stopping) {
            try {
                round();
            } catch (InterruptedException e) {
                // Either it was stopped, which the loop asks next, or somebody interrupted who has no say here.
            } catch (Throwable e) {
                failed(e);
            }
        }
        over = true;
        lane.slots().end().ring();
    }

    private void round() throws InterruptedException {
        Session current = session;
        if (current != null && current.isSpoiled()) {
            leave(current);
            current = null;
        }
        if (current == null) {
            current = lane.open();
            session = current;
        }
        int room = awaitRoom(current);
        if (room == 0) {
            return;
        }
        List<Delivery> deliveries = receive(current, room);
        lane.progress().received(lane.clock().millis());
        if (backoff.failures() > 0) {
            recovered();
        }
        if (!deliveries.isEmpty()) {
            intake.take(current, deliveries, stopping);
        }
    }

    /** How many jobs to receive: for free places, and ahead; waits until it is one, or the worker stops. */
    private int awaitRoom(Session current) throws InterruptedException {
        int room = room(current);
        if (room == 0) {
            if (!lane.slots()
                    .room()
                    .await(() -> stopping || current.isSpoiled() || room(current) > 0, Nanos.now() + Nanos.FOREVER)) {
                Thread.interrupted();
                throw new InterruptedException();
            }
            room = stopping ? 0 : room(current);
        }
        return room;
    }

    private int room(Session current) {
        int places = intake.places();
        int ahead = foresight.look(intake.settled(), Nanos.now());
        lane.backlog().enough(ahead / 2);
        int missing = ahead - lane.backlog().size();
        int wanted = places > 0 || 2 * missing > ahead ? places + missing : 0;
        return Math.max(0, Math.min(wanted, lane.mayBeInFlight(ahead) - current.inFlight()));
    }

    private List<Delivery> receive(Session current, int room) throws InterruptedException {
        if (!calls.enter()) {
            return List.of();
        }
        lane.receiving().begin(Nanos.now());
        try {
            return current.receiver().receive(room, backoff.failures() == 0 ? PATIENCE : Duration.ZERO);
        } finally {
            lane.receiving().end();
            calls.leave();
        }
    }

    private void failed(Throwable thrown) {
        RuntimeException error = lane.broken(thrown);
        long now = Nanos.now();
        boolean first = backoff.failures() == 0;
        if (first) {
            failingSince = now;
        } else if (session != null) {
            leave(session);
        }
        long pause = backoff.after(thrown);
        lane.progress().receiveFailed(error);
        lane.announcer()
                .log(
                        first ? Level.WARNING : Level.DEBUG,
                        () -> "receiving from queue " + lane.queue() + " failed, trying again in "
                                + Texts.of(Duration.ofMillis(pause / 1_000_000)),
                        error);
        lane.announcer()
                .announce(new Event.BrokerFailed(
                        lane.announcer().worker(), lane.queue(), error, Duration.ofNanos(pause)));
        lane.slots().room().await(() -> stopping, now + pause);
        Thread.interrupted();
    }

    /** Receives no more from a session, which ends when all that came from it is settled. */
    private void leave(Session old) {
        old.retire(Nanos.now() + Nanos.FOREVER);
        session = null;
    }

    private void recovered() {
        Duration down = Duration.ofNanos(Nanos.now() - failingSince);
        backoff.reset();
        lane.announcer().log(Level.INFO, () -> "queue " + lane.queue() + " is received again", null);
        lane.announcer().announce(new Event.BrokerRecovered(lane.announcer().worker(), lane.queue(), down));
    }
}
