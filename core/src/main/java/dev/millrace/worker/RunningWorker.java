// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Worker}: starts the parts and stops them in order. */
final class RunningWorker implements Worker {
    /** How long interrupted handlers have to end when the worker stops. */
    private static final long GRACE = Nanos.of(Duration.ofSeconds(1));

    /** How long the broker has to let go of a call to receive, and then to take the last settlements. */
    private static final long LAST_WORD = Nanos.of(Duration.ofSeconds(5));

    private final Announcer announcer;
    private final List<Lane> lanes;
    private final List<Taker> takers = new ArrayList<>();
    private final Watchman watchman;
    private final Renewer renewer;
    private final Shutdown shutdown;
    private volatile boolean draining;

    RunningWorker(Terms terms, List<QueuePlan> plans) {
        Threads threads = new Threads(terms.announcer().worker(), plans.size());
        this.announcer = terms.announcer();
        this.lanes = plans.stream().map(plan -> new Lane(terms, plan, threads)).toList();
        this.watchman = new Watchman(lanes, threads);
        this.renewer = new Renewer(lanes, threads, watchman);
        this.shutdown =
                new Shutdown(() -> lanes.forEach(lane -> lane.slots().end().ring()));
    }

    /** Opens all receivers, then starts; whatever a receiver throws leaves nothing behind. */
    RunningWorker start() {
        try {
            for (Lane lane : lanes) {
                takers.add(new Taker(lane, new Intake(lane, renewer, watchman), lane.open()));
            }
        } catch (RuntimeException | Error e) {
            lanes.forEach(lane -> lane.retire(Nanos.now()));
            lanes.forEach(lane -> lane.awaitEnd(shutdown, Nanos.now() + GRACE));
            throw e;
        }
        watchman.start();
        renewer.start();
        announcer.announce(new Event.WorkerStarted(announcer.worker()));
        takers.forEach(Taker::start);
        return this;
    }

    @Override
    public String name() {
        return announcer.worker();
    }

    @Override
    public Health health() {
        Health.@Nullable Status overall = null;
        if (draining) {
            overall = shutdown.isDone() ? Health.Status.STOPPED : Health.Status.DRAINING;
        }
        List<Health.OfQueue> queues = new ArrayList<>();
        for (Lane lane : lanes) {
            queues.add(lane.health(overall));
        }
        Health.Status worst = queues.stream()
                .map(Health.OfQueue::status)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new Health(name(), worst, queues);
    }

    @Override
    public void close() {
        drain(CLOSE_PATIENCE);
    }

    @Override
    public void drain(Duration patience) {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("drain patience " + patience + " is negative; give zero or more");
        }
        shutdown.run(Nanos.of(patience), () -> stop(patience));
    }

    private void stop(Duration patience) {
        takers.forEach(Taker::stop);
        draining = true;
        announcer.announce(new Event.WorkerDraining(announcer.worker(), patience));
        long received = Nanos.now() + LAST_WORD;
        takers.forEach(taker -> shutdown.await(taker.end(), taker::isOver, received));
        endHandlers();
        long settled = Nanos.now() + LAST_WORD;
        lanes.forEach(lane -> lane.retire(settled));
        lanes.forEach(lane -> lane.awaitEnd(shutdown, settled + GRACE));
        watchman.stop();
        renewer.stop();
        announcer.announce(new Event.WorkerStopped(announcer.worker()));
    }

    /** Lets handlers end, interrupts those that do not, and gives up on those that do not heed that. */
    private void endHandlers() {
        for (Lane lane : lanes) {
            shutdown.await(lane.slots().end(), () -> lane.isIdle() || shutdown.isImpatient(), shutdown.deadline());
        }
        lanes.forEach(lane -> lane.slots().forEach(attempt -> attempt.cancel(Cancellation.STOPPING, Nanos.now())));
        long ended = Nanos.now() + GRACE;
        lanes.forEach(lane -> shutdown.await(lane.slots().end(), lane::isIdle, ended));
        lanes.forEach(lane -> lane.slots().forEach(Attempt::giveUp));
    }
}
