// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Settlement;
import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Held;
import dev.millrace.embedded.engine.Queue;
import dev.millrace.embedded.records.RecordWriter;
import dev.millrace.embedded.records.Records;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * Hands ready jobs to receivers and to takes of a host. Whoever leads serves it at the end of each group: first those
 * who wait in the line of a queue that was touched, one after the other until its jobs are gone; then those who came
 * with the group. So the work is in proportion to the jobs that are handed out, however many wait. What is taken is
 * written to the log before anybody gets it, so that an attempt that kills the process counts; it is not synced, since
 * a lost lease loses nothing. At most once is another matter: there the end of the job, or that it was handed out, is
 * made safe first. Used only by the leader.
 */
final class TakeDesk {
    private final Engine engine;
    private final JobLog log;
    private final RecordWriter out = new RecordWriter(1 << 12);
    private final Map<Queue, Line> lines = new HashMap<>();
    private final Map<Taker, List<Line.Place>> parked = new LinkedHashMap<>();
    private final Set<Taker> asleep = new LinkedHashSet<>();
    private final List<Taker> fresh = new ArrayList<>();
    private final List<Taker> serving = new ArrayList<>();
    private boolean durable;

    TakeDesk(Engine engine, JobLog log) {
        this.engine = engine;
        this.log = log;
    }

    /** Somebody comes. */
    void come(Taker taker) {
        fresh.add(taker);
    }

    /** Serves those who waited for what is there now, and those who came. */
    void serve() {
        List<Queue> touched = engine.touched();
        if (touched.isEmpty() && fresh.isEmpty()) {
            return;
        }
        serving.clear();
        out.reset(1 << 16);
        durable = false;
        for (Queue queue : touched) {
            Line line = lines.get(queue);
            if (line != null) {
                serve(line);
            }
        }
        for (Taker taker : fresh) {
            if (taker.begin() && !take(taker, false)) {
                park(taker);
            }
        }
        fresh.clear();
        if (!serving.isEmpty()) {
            finish();
        }
    }

    private void serve(Line line) {
        for (Taker next = line.first(); next != null && engine.hasFor(line.queue()); next = line.first()) {
            unpark(next);
            if (next.begin() && !take(next, true)) {
                throw new IllegalStateException("queue " + line.queue().name() + " has a job that nobody can take");
            }
        }
    }

    /** False if there was nothing. */
    private boolean take(Taker taker, boolean waited) {
        if (!taker.take(engine, waited)) {
            return false;
        }
        serving.add(taker);
        boolean ends = taker.endsWhatItTakes();
        durable |= ends;
        for (Held held : taker.taken()) {
            durable |= held.isOnce();
            if (ends) {
                Records.removed(out, held.sequence());
            } else if (held.nacks() > 0 || held.requeues() > 0) {
                Records.active(
                        out, held.sequence(), held.attempts(), engine.hosted().counts(held.slot()));
            } else {
                Records.taken(out, held.sequence(), held.attempts());
            }
        }
        return true;
    }

    private void park(Taker taker) {
        if (!taker.isPatient()) {
            taker.finish();
            return;
        }
        taker.pause();
        Set<Queue> queues = new LinkedHashSet<>(taker.queues());
        List<Line.Place> places = new ArrayList<>(queues.size());
        queues.forEach(
                queue -> places.add(lines.computeIfAbsent(queue, Line::new).add(taker)));
        parked.put(taker, places);
        if (taker.isAsleep()) {
            asleep.add(taker);
        }
        taker.parked();
    }

    private void unpark(Taker taker) {
        List<Line.Place> places = parked.remove(taker);
        if (places != null) {
            asleep.remove(taker);
            for (Line.Place place : places) {
                Line line = place.leave();
                if (line.first() == null) {
                    lines.remove(line.queue());
                }
            }
        }
    }

    private void finish() {
        try {
            if (out.size() > 0) {
                log.write(out.array(), out.size(), durable, true);
            }
        } catch (RuntimeException e) {
            serving.reversed().forEach(taker -> taker.giveBack(engine, e));
            return;
        }
        for (Taker taker : serving) {
            if (taker.endsWhatItTakes()) {
                end(taker.taken());
            }
            taker.damaged().forEach(this::bury);
            taker.finish();
        }
    }

    private void end(List<Held> taken) {
        for (Held held : taken) {
            if (engine.claim(held.slot(), held.sequence(), held.token())) {
                engine.remove(held.slot());
            }
        }
    }

    /* Its bytes cannot be read: that is for people to see, and no worker can do anything with it. */
    private void bury(Held held) {
        Map<String, String> headers = Map.of(
                Settlement.REASON_HEADER,
                "the record of " + held.length() + " bytes at " + held.location() + " of the log is damaged");
        out.reset(1 << 16);
        Records.buried(out, held.sequence(), engine.now(), headers);
        engine.reserveNote(held.slot());
        long start = log.write(out.array(), out.size(), true, true);
        if (engine.claim(held.slot(), held.sequence(), held.token())) {
            engine.note(held.slot(), start, out.size());
            engine.bury(held.slot());
        }
    }

    /** Somebody does not wait any more; whatever was given before stays given. False if that was before. */
    boolean withdraw(Taker taker) {
        unpark(taker);
        boolean waited = !taker.isServed();
        if (waited) {
            taker.finish();
        }
        return waited;
    }

    /** Nobody gets anything any more; all are told why, or nothing if that is null. */
    void dismissAll(@Nullable RuntimeException why) {
        Set<Taker> all = new LinkedHashSet<>(parked.keySet());
        all.addAll(fresh);
        all.addAll(serving);
        all.forEach(this::unpark);
        all.forEach(taker -> taker.dismiss(why));
        serving.clear();
        fresh.clear();
    }

    /** Lets all who wait look at the clock again. */
    void pokeAll() {
        asleep.forEach(Taker::poke);
    }
}
