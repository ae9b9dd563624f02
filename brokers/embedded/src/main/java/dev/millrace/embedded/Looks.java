// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Held;
import dev.millrace.embedded.engine.HostedJobs;
import dev.millrace.embedded.engine.Queue;
import dev.millrace.embedded.records.JobRecord;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.Ending;
import dev.millrace.hosting.HostedJob;
import dev.millrace.hosting.HostedQueue;
import dev.millrace.hosting.HostedView;
import dev.millrace.hosting.HostedView.State;
import dev.millrace.hosting.Page;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a host sees of jobs and queues. Used only by the leader. */
final class Looks {
    private final Store store;

    Looks(Store store) {
        this.store = store;
    }

    /** A job as a worker gets it. */
    static HostedJob job(Held held, JobRecord job) {
        long expiresAt = job.head().terms().expiresAt();
        return new HostedJob(
                held.sequence(),
                held.queue().name(),
                job.payload(),
                job.headers(),
                expiresAt == 0 ? Long.MAX_VALUE : expiresAt - job.head().enqueuedAt(),
                held.isOnce(),
                held.nacks(),
                held.requeues(),
                held.chosenId() == null ? Optional.empty() : Optional.of(new JobId(held.chosenId())));
    }

    Optional<HostedView> show(Engine engine, Call.Show call) {
        return show(engine, engine.find(call.number()), call.where());
    }

    Optional<HostedView> find(Engine engine, Call.Find call) {
        return show(engine, engine.find(call.id().value()), call.where());
    }

    private static boolean isIn(Engine engine, int slot, Predicate<QueueName> where) {
        return slot >= 0 && where.test(engine.hosted().queueOf(slot));
    }

    private Optional<HostedView> show(Engine engine, int slot, Predicate<QueueName> where) {
        Held held = !isIn(engine, slot, where) ? null : engine.hosted().lookAt(slot);
        return held == null ? Optional.empty() : Optional.ofNullable(view(engine, held));
    }

    private @Nullable HostedView view(Engine engine, Held held) {
        JobRecord job = store.readLeading(held);
        if (job == null) {
            return null;
        }
        long next = nextTime(engine, held);
        Optional<JobId> chosen = held.chosenId() == null ? Optional.empty() : Optional.of(new JobId(held.chosenId()));
        return new HostedView(
                job(held, job),
                state(held),
                chosen,
                job.head().enqueuedAt(),
                job.delayMillis(),
                held.lease(),
                held.attempts(),
                next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(Math.max(0, next - engine.now())),
                held.isDead() ? OptionalLong.of(held.time()) : OptionalLong.empty());
    }

    private static long nextTime(Engine engine, Held held) {
        if (held.isDead()) {
            return Long.MAX_VALUE;
        }
        if (held.isWaiting() || held.isLeased()) {
            return held.time();
        }
        return held.isHosted() ? engine.hosted().nextTime(held.slot()) : Long.MAX_VALUE;
    }

    static State state(Held held) {
        if (held.isDead()) {
            return State.DEAD;
        }
        if (held.isLeased()) {
            return State.ACTIVE;
        }
        return held.isWaiting() ? State.WAITING : State.QUEUED;
    }

    List<HostedJob> peek(Engine engine, QueueName name, long max) {
        Queue queue = engine.findQueue(name.value());
        if (queue == null || max == 0) {
            return List.of();
        }
        int most = (int) Math.min(Integer.MAX_VALUE, max == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(max));
        List<HostedJob> jobs = new ArrayList<>();
        long bytes = 0;
        Iterator<Held> ready = engine.readyOneByOne(queue, most, max > 0).iterator();
        while (ready.hasNext() && bytes < Limits.ANSWER_BYTES) {
            Held held = ready.next();
            JobRecord job = store.readLeading(held);
            if (job != null) {
                jobs.add(job(held, job));
                bytes += held.length() + held.noteLength();
            }
        }
        return jobs;
    }

    static Optional<HostedQueue> queue(Engine engine, QueueName name) {
        Queue queue = engine.findQueue(name.value());
        return queue == null || !queue.isKnown(engine.now()) ? Optional.empty() : Optional.of(view(engine, queue));
    }

    private static HostedQueue view(Engine engine, Queue queue) {
        long now = engine.now();
        return new HostedQueue(
                queue.name(),
                queue.ready(),
                queue.waiting(),
                queue.leased(),
                queue.deadLetters(),
                queue.knownSince() < 0 ? 0 : now - queue.knownSince(),
                queue.knownSince() < 0 ? 0 : now - queue.usedAt(),
                queue.takers(),
                queue.in(),
                queue.out(),
                Views.pause(queue));
    }

    /* A queue keeps its number as long as it is known, so a cursor is the number at which to go on. */
    static Page<HostedQueue> queues(Engine engine, long cursor, int steps) {
        HostedJobs all = engine.hosted();
        List<HostedQueue> found = new ArrayList<>();
        int end = all.queuesEnd();
        int at = begin(cursor, end);
        for (int step = 0; at < end && step < Math.max(1, steps); step++, at++) {
            Queue queue = all.queueAt(at);
            if (queue != null && queue.isKnown(engine.now())) {
                found.add(view(engine, queue));
            }
        }
        return new Page<>(at < end ? at : 0, found);
    }

    /* A job keeps its slot for its whole life, so a cursor is the slot at which to go on. */
    Page<HostedView> jobs(Engine engine, Call.ListJobs call) {
        HostedJobs all = engine.hosted();
        List<HostedView> found = new ArrayList<>();
        Set<State> states = call.filter().states();
        QueueName queue = call.filter().queue().orElse(null);
        if (queue != null && states.equals(EnumSet.of(State.DEAD))) {
            return dead(engine, queue, call);
        }
        int end = all.end();
        int at = begin(call.cursor(), end);
        long bytes = 0;
        for (int step = 0; at < end && step < Math.max(1, call.steps()) && bytes < Limits.ANSWER_BYTES; step++, at++) {
            Held held = all.lookAt(at);
            if (held != null
                    && states.contains(state(held))
                    && (queue == null || held.queue().name().equals(queue))) {
                HostedView view = view(engine, held);
                if (view != null) {
                    found.add(view);
                    bytes += held.length() + held.noteLength();
                }
            }
        }
        return new Page<>(at < end ? at : 0, found);
    }

    /* The dead of one queue lie in a list, the oldest first, so a cursor is a place in it. */
    private Page<HostedView> dead(Engine engine, QueueName name, Call.ListJobs call) {
        Queue queue = engine.findQueue(name.value());
        if (queue == null) {
            return new Page<>(0, List.of());
        }
        int from = begin(call.cursor(), (int) queue.deadLetters());
        List<HostedView> found = new ArrayList<>();
        int at = from;
        long bytes = 0;
        for (Held held : engine.dead(queue, from, Math.max(1, call.steps()))) {
            if (bytes >= Limits.ANSWER_BYTES) {
                break;
            }
            at++;
            HostedView view = view(engine, held);
            if (view != null) {
                found.add(view);
                bytes += held.length() + held.noteLength();
            }
        }
        return new Page<>(at < queue.deadLetters() ? at : 0, found);
    }

    private static int begin(long cursor, int end) {
        return cursor < 0 || cursor > end ? end : (int) cursor;
    }

    /** How a job ended, or null if that is still to come: then it is waited for. */
    @Nullable
    Ending await(Engine engine, Call.Await call) {
        int slot = engine.find(call.number());
        if (!isIn(engine, slot, call.where())) {
            return Ending.UNKNOWN;
        }
        if (engine.hosted().isDead(slot)) {
            return Ending.DEAD;
        }
        engine.hosted().await(slot);
        store.waits().await(call);
        return null;
    }
}
