// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.BrokerException;
import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.engine.Queue;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.Ending;
import dev.millrace.hosting.Host;
import dev.millrace.hosting.HostUsage;
import dev.millrace.job.QueueName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * What servers of other protocols stand on. A turn becomes as few commands as its order allows; the thread that brings
 * it leads them, unless somebody else leads just then.
 */
final class EmbeddedHost implements Host {
    private static final Logger LOG = System.getLogger(EmbeddedHost.class.getName());
    private static final int MOST_AT_ONCE = 1 << 16;
    private static final long CENTURY = TimeUnit.DAYS.toMillis(36_500);

    private final Store store;
    private final JobIds ids;
    private final Limits limits;
    private final Looks looks;
    private final @Nullable Path door;
    private final Adds adds = new Adds();
    private final Steps steps = new Steps();
    private final ReentrantLock turns = new ReentrantLock();

    /** @param door where other processes look for a way in, or null */
    EmbeddedHost(Store store, JobIds ids, Limits limits, @Nullable Path door) {
        this.store = store;
        this.ids = ids;
        this.door = door;
        this.limits = limits;
        this.looks = new Looks(store);
    }

    @Override
    public Runnable whenSooner(Runnable alarm) {
        Runnable told = () -> tell(alarm);
        store.alarms().add(told);
        return () -> store.alarms().remove(told);
    }

    private static void tell(Runnable alarm) {
        try {
            alarm.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "whoever wanted to know that time is over sooner failed: " + e, e);
        }
    }

    @Override
    public Optional<Path> door() {
        return Optional.ofNullable(door);
    }

    Store owner() {
        return store;
    }

    JobIds ids() {
        return ids;
    }

    Limits limits() {
        return limits;
    }

    Looks looks() {
        return looks;
    }

    Adds adds() {
        return adds;
    }

    @Override
    public String toString() {
        return "EmbeddedHost[" + store.name() + "]";
    }

    @Override
    public String store() {
        return store.name();
    }

    @Override
    public void run(List<? extends Call> calls) {
        if (calls.isEmpty()) {
            store.run(Query.tick());
            return;
        }
        turns.lock();
        try {
            run(new Turn(calls));
        } finally {
            turns.unlock();
        }
    }

    private void run(Turn turn) {
        try {
            while (turn.answered() < turn.size()) {
                int next = turn.answered();
                if (isFlush(turn.calls.get(next))) {
                    turn.outcome(next, flush(turn.calls.get(next)));
                    turn.answer(next + 1, ids);
                } else {
                    turn.answer(store.run(new TurnCommand(this, turn, steps)).to(), ids);
                }
            }
        } catch (RuntimeException | Error e) {
            steps.clear();
            turn.fail(Adds.failure(e));
        }
    }

    /** Whether a call ends more jobs than one command should. */
    static boolean isFlush(Call call) {
        return call instanceof Call.Flush || call instanceof Call.FlushQueue;
    }

    private long flush(Call call) {
        return call instanceof Call.FlushQueue one ? flush(one.queue()) : flush();
    }

    private long flush(QueueName name) {
        long all = 0;
        SelectCommand part;
        do {
            part = store.run(SelectCommand.end(engine -> claim(engine, name), Ending.DELETED));
            all += part.count();
        } while (part.count() == MOST_AT_ONCE);
        return all;
    }

    private static int[] claim(Engine engine, QueueName name) {
        Queue queue = engine.findQueue(name.value());
        return queue == null || queue.unfinished() == 0 ? new int[0] : engine.claimAlive(queue, MOST_AT_ONCE);
    }

    private long flush() {
        long all = 0;
        FlushCommand part;
        do {
            part = store.run(new FlushCommand(store));
            all += part.count();
        } while (!part.isLast());
        return all;
    }

    @Override
    public boolean withdraw(Call call) {
        try {
            return store.run(new HostWithdrawal(store.waits(), call)).waited();
        } catch (BrokerException closed) {
            return false;
        }
    }

    @Override
    public long idleMillis() {
        long idle = store.nextTime() - store.clock().millis();
        return idle > CENTURY ? Long.MAX_VALUE : Math.max(0, idle);
    }

    @Override
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(store.failure());
    }

    @Override
    public HostUsage usage() {
        return store.usage();
    }
}
