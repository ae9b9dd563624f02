// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.EnqueueResult.Reason;
import dev.millrace.broker.Pause;
import dev.millrace.broker.Settlement;
import dev.millrace.embedded.Steps.Kind;
import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Held;
import dev.millrace.embedded.engine.HostedJobs;
import dev.millrace.embedded.engine.NewJob.Counts;
import dev.millrace.embedded.engine.Queue;
import dev.millrace.embedded.records.JobRecord;
import dev.millrace.embedded.records.RecordWriter;
import dev.millrace.embedded.records.Records;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.Ending;
import dev.millrace.hosting.Renewal;
import dev.millrace.hosting.Renewal.Outcome;
import dev.millrace.hosting.Terms;
import dev.millrace.hosting.Verb;
import dev.millrace.job.Job;
import dev.millrace.job.QueueName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/*
 * Prepares what the calls of one group change: decides, claims or reserves, writes records, and remembers the steps.
 * Each method says false if its call has to see an earlier one's change first; it then has done nothing.
 *
 * Over 300 lines: it has a short method for each verb that a host may call.
 */
final class Changes {
    private final EmbeddedHost host;
    private final Engine engine;
    private final HostedJobs jobs;
    private final RecordWriter out;
    private final Steps steps;
    private boolean moved;
    private boolean paused;

    Changes(EmbeddedHost host, Engine engine, RecordWriter out, Steps steps) {
        this.host = host;
        this.engine = engine;
        this.jobs = engine.hosted();
        this.out = out;
        this.steps = steps;
    }

    boolean add(Call.Add call, Turn turn, int at) {
        Job job = call.job();
        if (paused || (moved && call.terms().maxQueued() != Terms.NO_LIMIT)) {
            return false;
        }
        Optional<EnqueueResult> refusal = host.limits().refusal(job, host.ids());
        if (refusal.isPresent()) {
            turn.outcome(at, refusal.get());
            return true;
        }
        return add(call, engine.queue(job.queue().value()), turn, at);
    }

    private boolean add(Call.Add call, Queue queue, Turn turn, int at) {
        Job job = call.job();
        queue.know(engine.now());
        if (queue.unfinished() >= host.limits().queueLimit()) {
            turn.outcome(at, full(job, host.limits().queueLimit() + " unfinished jobs, as many as it may"));
            return true;
        }
        long sequence = host.owner().takeSequences(1);
        Adds adds = host.adds();
        JobRecord record;
        int slot;
        try {
            record = adds.record(call, sequence, engine.now());
            slot = engine.reserve(adds.newJob(record, queue));
        } catch (RuntimeException | OutOfMemoryError e) {
            turn.outcome(at, Adds.failure(e));
            return true;
        }
        if (slot == Engine.DUPLICATE) {
            return duplicate(job, turn, at);
        }
        if (slot < 0) {
            turn.outcome(
                    at,
                    slot == Engine.FULL
                            ? full(job, call.terms().maxQueued() + " queued jobs, as many as this one allows")
                            : new EnqueueResult.Refused(
                                    Reason.PAUSED, "queue " + job.queue() + " is paused for producers"));
            return true;
        }
        int start = out.size();
        steps.add(Kind.ADD, slot, start, 0, null);
        Records.job(out, record);
        steps.length(out.size() - start);
        turn.number(at, sequence);
        turn.outcome(at, null);
        return true;
    }

    private static EnqueueResult full(Job job, String why) {
        return new EnqueueResult.Refused(Reason.QUEUE_FULL, "queue " + job.queue() + " holds " + why);
    }

    private boolean duplicate(Job job, Turn turn, int at) {
        int other = engine.find(job.id().orElseThrow().value());
        if (engine.hosted().isClaimed(other)) {
            return false;
        }
        turn.number(at, jobs.sequence(other));
        turn.outcome(at, new EnqueueResult.Duplicate(job.id().get()));
        return true;
    }

    boolean change(Call.Change call, Turn turn, int at) {
        int first = steps.count();
        int start = out.size();
        try {
            return change(call, turn, at, first);
        } catch (IllegalArgumentException tooManyHeaders) {
            steps.abort(engine, first);
            out.truncate(start);
            turn.outcome(at, tooManyHeaders);
            return true;
        }
    }

    private boolean change(Call.Change call, Turn turn, int at, int first) {
        int start = out.size();
        int changed = 0;
        for (long number : call.numbers()) {
            int slot = find(number, call.where());
            if (slot < 0) {
                continue;
            }
            if (!jobs.isBusy(slot)) {
                changed += change(call.verb(), number, slot) ? 1 : 0;
            } else if (!steps.has(slot, first)) {
                steps.abort(engine, first);
                out.truncate(start);
                return false;
            }
        }
        moved |= changed > 0;
        turn.outcome(at, changed);
        return true;
    }

    /** A job of another queue is as good as none. */
    private int find(long number, Predicate<QueueName> where) {
        int slot = engine.find(number);
        return slot < 0 || where.equals(Call.ANYWHERE) || where.test(jobs.queueOf(slot)) ? slot : -1;
    }

    boolean change(Call.ChangeChosen call, Turn turn, int at) {
        int slot = engine.find(call.id().value());
        if (slot < 0 && call.otherwise() != 0) {
            slot = engine.find(call.otherwise());
        }
        if (slot < 0) {
            turn.outcome(at, 0);
            return true;
        }
        if (jobs.isBusy(slot)) {
            return false;
        }
        boolean there = engine.look(slot).queue().name().equals(call.queue());
        boolean changed = there && change(call.verb(), jobs.sequence(slot), slot);
        moved |= changed;
        turn.outcome(at, changed ? 1 : 0);
        return true;
    }

    private boolean change(Verb verb, long number, int slot) {
        return switch (verb) {
            case Verb.End end -> {
                engine.claim(slot);
                Records.removed(out, number);
                steps.add(end.ending() == Ending.ACKED ? Kind.ACK : Kind.DELETE, slot, 0, 0, null);
                yield true;
            }
            case Verb.Enqueue enqueue -> jobs.isQueueable(slot) && enqueue(enqueue, number, slot);
            case Verb.PutBack back -> jobs.canBePutBack(slot) && putBack(number, slot);
            case Verb.Undeliver undelivered -> jobs.isActive(slot) && undeliver(number, slot);
            case Verb.Dequeue dequeue -> jobs.isQueued(slot) && dequeue(number, slot);
            case Verb.Bury bury -> !jobs.isDead(slot) && bury(bury, number, slot);
            case Verb.Revive revive -> jobs.isDead(slot) && revive(number, slot);
        };
    }

    private boolean enqueue(Verb.Enqueue verb, long number, int slot) {
        if (jobs.isSpent(slot)) {
            return spent(verb.headers(), number, slot);
        }
        if (!verb.headers().isEmpty()) {
            note(verb.headers(), number, slot);
        }
        engine.claim(slot);
        long at = verb.delayMillis() > 0 ? engine.now() + verb.delayMillis() : 0;
        Counts counts = jobs.countsAfter(slot, verb.nack(), at > 0);
        Records.requeued(out, number, at, counts);
        steps.add(Kind.REQUEUE, slot, at, 0, counts);
        return true;
    }

    private boolean putBack(long number, int slot) {
        if (jobs.isSpent(slot)) {
            return spent(Map.of(), number, slot);
        }
        engine.claim(slot);
        Counts counts = jobs.countsAfter(slot, true, false);
        Records.requeued(out, number, 0, counts);
        steps.add(Kind.PUT_BACK, slot, 0, 0, counts);
        return true;
    }

    private boolean undeliver(long number, int slot) {
        engine.claim(slot);
        int attempts = Math.max(0, engine.look(slot).attempts() - 1);
        Records.released(out, number, 0, attempts);
        steps.add(Kind.UNDELIVER, slot, attempts, 0, null);
        return true;
    }

    private boolean spent(Map<String, String> more, long number, int slot) {
        if (!more.isEmpty()) {
            return bury(Store.withReason(engine.look(slot), more), number, slot);
        }
        engine.claim(slot);
        Records.died(out, number, engine.now());
        steps.add(Kind.BURY, slot, 0, 0, null);
        return true;
    }

    /** Before a record says when the job comes, another one says what it carries from now on. */
    private void note(Map<String, String> more, long number, int slot) {
        Held held = engine.look(slot);
        Map<String, String> headers = merged(held, more);
        engine.reserveNote(slot);
        int start = out.size();
        Records.retried(out, number, 0, held.attempts(), headers);
        steps.add(Kind.NOTE, slot, start, out.size() - start, null);
    }

    private Map<String, String> merged(Held held, Map<String, String> more) {
        JobRecord job = host.owner().readLeading(held);
        Map<String, String> headers = new LinkedHashMap<>(job == null ? Map.of() : job.headers());
        headers.putAll(more);
        Limits.checkHeaders(headers, held.queue().name());
        return headers;
    }

    private boolean revive(long number, int slot) {
        engine.claim(slot);
        Records.released(out, number, 0, 0);
        steps.add(Kind.REVIVE, slot, 0, 0, null);
        return true;
    }

    private boolean dequeue(long number, int slot) {
        engine.claim(slot);
        Records.active(out, number, engine.look(slot).attempts(), jobs.counts(slot));
        steps.add(Kind.DEQUEUE, slot, 0, 0, null);
        return true;
    }

    private boolean bury(Verb.Bury verb, long number, int slot) {
        Map<String, String> headers = new LinkedHashMap<>(verb.headers());
        headers.put(Settlement.REASON_HEADER, verb.reason());
        return bury(headers, number, slot);
    }

    /* That it came again when its time was over is written nowhere yet. */
    private boolean bury(Map<String, String> more, long number, int slot) {
        Held held = engine.look(slot);
        Map<String, String> headers = merged(held, more);
        engine.reserveNote(slot);
        engine.claim(slot);
        if (held.requeues() > 0) {
            Records.active(out, number, held.attempts(), jobs.counts(slot));
        }
        int start = out.size();
        Records.buried(out, number, engine.now(), headers);
        steps.add(Kind.BURY, slot, start, out.size() - start, null);
        return true;
    }

    boolean renew(Call.Renew call, Turn turn, int at) {
        int slot = find(call.number(), call.where());
        if (slot >= 0 && jobs.isBusy(slot)) {
            return false;
        }
        if (slot < 0 || jobs.isDead(slot)) {
            turn.outcome(at, new Renewal(Outcome.UNKNOWN, 0));
            return true;
        }
        Held held = engine.look(slot);
        if (isLate(held)) {
            turn.outcome(at, new Renewal(Outcome.TOO_LATE, held.lease()));
            return true;
        }
        long until = jobs.renewedUntil(slot);
        if (held.isWaiting()) {
            Records.requeued(out, held.sequence(), until, jobs.counts(slot));
        } else if (!held.isLeased()) {
            Records.active(out, held.sequence(), held.attempts(), jobs.counts(slot));
        }
        engine.claim(slot);
        moved = true;
        steps.add(Kind.HOLD, slot, until, 0, null);
        turn.outcome(at, new Renewal(Outcome.RENEWED, held.lease()));
        return true;
    }

    private boolean isLate(Held held) {
        if (held.expiresAt() == 0) {
            return false;
        }
        JobRecord job = host.owner().readLeading(held);
        if (job == null) {
            return false;
        }
        long enqueuedAt = job.head().enqueuedAt();
        return engine.now() - enqueuedAt > (held.expiresAt() - enqueuedAt) / 2;
    }

    boolean pause(Call.SetPause call, Turn turn, int at) {
        Pause pause = call.pause();
        boolean in = pause == Pause.IN || pause == Pause.BOTH;
        Records.paused(out, call.queue().value(), in, pause == Pause.OUT || pause == Pause.BOTH);
        steps.add(Kind.PAUSE, 0, 0, 0, new Steps.Pausing(call.queue().value(), pause));
        paused = true;
        turn.outcome(at, pause);
        return true;
    }
}
