// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Settlement;
import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Held;
import dev.millrace.embedded.records.JobRecord;
import dev.millrace.embedded.records.RecordReader;
import dev.millrace.embedded.records.RecordWriter;
import dev.millrace.embedded.records.Records;
import dev.millrace.embedded.records.StoreState;
import dev.millrace.hosting.HostUsage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/*
 * Joins the engine, which knows jobs and no bytes, to the log, which knows bytes and no jobs. A group of commands is one
 * frame: all decide, the frame is written and synced, all are made true, receivers are served, and what nobody needs
 * any more is given back.
 *
 * Over 300 lines: it is the order of these steps that must not be wrong, so they can be read in one place.
 */
final class Store {
    private static final Logger LOG = System.getLogger(Store.class.getName());
    private static final int KEPT_BYTES = 1 << 21;

    private final Engine engine;
    private final JobLog log;
    private final StoreClock clock;
    private final String name;
    private final AtomicLong nextSequence;
    private final TakeDesk desk;
    private final Runnable chore;
    private final RecordWriter out = new RecordWriter(1 << 16);
    private final CommandQueue commands = new CommandQueue(this::run);
    private final List<Runnable> alarms = new CopyOnWriteArrayList<>();
    private volatile long nextTime;
    private final RecordReader.Remembered lastQueue = new RecordReader.Remembered();
    private final Waits waits = new Waits();
    private volatile HostUsage usage = new HostUsage(0, 0, 0);
    private volatile boolean closed;
    private volatile @Nullable RuntimeException broken;

    /**
     * @param chore runs after each group, by the leader
     */
    Store(Engine engine, JobLog log, StoreClock clock, StoreState state, Runnable chore) {
        this.engine = engine;
        this.log = log;
        this.clock = clock;
        this.name = state.name();
        this.nextSequence = new AtomicLong(state.nextSequence());
        this.desk = new TakeDesk(engine, log);
        this.chore = chore;
        this.nextTime = engine.nextTime();
    }

    /** For the leader only. */
    Engine engine() {
        return engine;
    }

    StoreClock clock() {
        return clock;
    }

    String name() {
        return name;
    }

    StoreState state() {
        return new StoreState(name, nextSequence.get(), engine.now());
    }

    /** The first of so many numbers that were never used. */
    long takeSequences(int count) {
        return nextSequence.getAndAdd(count);
    }

    /** When time is over for the next job; read without the lead, so it can be a moment old. */
    long nextTime() {
        return nextTime;
    }

    /** Those who are told when the next time comes sooner than they knew; an alarm never throws. */
    List<Runnable> alarms() {
        return alarms;
    }

    /** Runs a command; throws what it failed with. */
    <C extends Command> C run(C command) {
        commands.run(command);
        return command;
    }

    private void run(List<Command> group) {
        try {
            engine.advance(clock.millis());
            change(group);
        } catch (RuntimeException | Error e) {
            group.forEach(command -> command.failUnlessFailed(e));
        }
        serve(group);
        tidyUp();
        long next = engine.nextTime();
        boolean sooner = next < nextTime;
        nextTime = next;
        if (sooner) {
            desk.pokeAll();
            alarms.forEach(Runnable::run);
        }
        waits.answerEnded(engine.hosted().takeEnded());
        usage = new HostUsage(
                engine.size(),
                engine.queues().size(),
                engine.hosted().memoryBytes() + log.memoryBytes() + waits.bytes());
        waits.answerAll();
    }

    /** How much there was after the last group. */
    HostUsage usage() {
        return usage;
    }

    /** Those who wait for something through the host. */
    Waits waits() {
        return waits;
    }

    private void change(List<Command> group) {
        RuntimeException refusal = refusal();
        if (refusal != null) {
            group.stream().filter(command -> !command.endsStore()).forEach(command -> command.fail(refusal));
            return;
        }
        out.reset(KEPT_BYTES);
        engine.hosted().died().forEach(job -> Records.died(out, job.sequence(), job.since()));
        try {
            for (Command command : group) {
                int before = out.size();
                command.prepare(engine, out);
                command.written(out.size() > before);
            }
        } catch (RuntimeException | Error e) {
            group.forEach(command -> command.abort(engine));
            throw e;
        }
        long start = 0;
        if (out.size() > 0) {
            try {
                start = log.write(out.array(), out.size(), true, group.stream().noneMatch(Command::fills));
            } catch (RuntimeException e) {
                abort(group, e);
                return;
            }
            engine.hosted().diedWritten();
        }
        commit(group, start);
    }

    /** Why it failed for good, or null; read without the lead. */
    @Nullable
    RuntimeException failure() {
        return broken;
    }

    /** Why nothing can be done any more, or null. */
    @Nullable
    RuntimeException refusal() {
        return closed ? BrokerException.lasting("the embedded broker is closed; open it again", null) : broken;
    }

    /*
     * No room for more jobs must not keep others from acknowledging theirs, which makes room; and whoever wrote nothing
     * has nothing to do with it.
     */
    private void abort(List<Command> group, RuntimeException why) {
        group.forEach(command -> command.abort(engine));
        boolean full = group.stream().anyMatch(Command::fills);
        List<Command> others = new ArrayList<>();
        for (Command command : group) {
            if (command.shed(full, why)) {
                others.add(command);
            } else {
                command.fail(why);
            }
        }
        if (!others.isEmpty()) {
            change(others);
        }
    }

    /* What is in the log is true. If it cannot be made true here, only reading the log again can. */
    private void commit(List<Command> group, long start) {
        try {
            group.forEach(command -> command.commit(engine, start));
        } catch (RuntimeException | Error e) {
            breakDown(e);
            throw e;
        }
    }

    private void breakDown(Throwable why) {
        broken = BrokerException.lasting(
                "the embedded broker failed: " + why
                        + "; nothing that was accepted is lost: close it and open it again",
                why);
        LOG.log(Level.ERROR, "the embedded broker failed and must be opened again", why);
        desk.dismissAll(broken);
        waits.dismissAll(broken);
    }

    private void serve(List<Command> group) {
        try {
            group.stream().filter(command -> !command.hasFailed()).forEach(command -> command.serve(desk));
            desk.serve();
            group.stream().filter(command -> !command.hasFailed()).forEach(command -> command.look(engine));
        } catch (RuntimeException | Error e) {
            breakDown(e);
        }
    }

    /* What goes wrong here is nobody's answer: the group has its own, and it is true. */
    private void tidyUp() {
        if (!closed && broken == null) {
            try {
                log.reclaim();
                chore.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "giving disk back failed, going on: " + e, e);
            }
        }
    }

    /** Ends everything; twice is allowed. */
    void close() {
        if (!closed) {
            run(new Closing());
        }
    }

    /** The last command of a store. */
    private final class Closing extends Command {
        @Override
        boolean endsStore() {
            return true;
        }

        @Override
        void serve(TakeDesk takes) {
            if (closed) {
                return;
            }
            closed = true;
            takes.dismissAll(null);
            waits.dismissAll(BrokerException.lasting("the embedded broker is closed; open it again", null));
            try {
                log.close();
            } catch (RuntimeException e) {
                fail(e);
            }
        }
    }

    /** The job as it was written, with its newest headers; null if it has ended meanwhile, or is damaged. */
    @Nullable
    JobRecord read(Held held) {
        return jobOf(held, log.read(held.location(), held.length()), new RecordReader.Remembered());
    }

    /** The same for the leader. */
    @Nullable
    JobRecord readLeading(Held held) {
        return jobOf(held, log.readForward(held.location(), held.length()), lastQueue);
    }

    private @Nullable JobRecord jobOf(Held held, byte @Nullable [] bytes, RecordReader.Remembered queue) {
        JobRecord job = bytes == null ? null : Records.readJob(bytes, queue);
        if (job == null || job.head().sequence() != held.sequence()) {
            return null;
        }
        if (held.noteLength() == 0) {
            return held.isDead() && held.attempts() >= held.most() ? job.with(withReason(held, job.headers())) : job;
        }
        Map<String, String> headers = readNote(held);
        return headers == null ? null : job.with(headers);
    }

    /* The log says only that it was put aside: there is but one reason for which that is enough. */
    static Map<String, String> withReason(Held held, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(
                Settlement.REASON_HEADER,
                "delivered " + held.attempts() + " times without an acknowledgement, and " + held.most()
                        + " is the most");
        return all;
    }

    /** The newest headers of a job that has some beside its body; null if there are none, or they are damaged. */
    @Nullable
    Map<String, String> readNote(Held held) {
        byte[] note = held.noteLength() == 0 ? null : log.read(held.note(), held.noteLength());
        return note == null ? null : Records.readHeaders(note);
    }
}
