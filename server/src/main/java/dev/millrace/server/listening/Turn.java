// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

import dev.millrace.hosting.Call;
import dev.millrace.hosting.Host;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/*
 * The loop first reads all connections that have sent something, then runs its tasks; a turn is such a task, so it sees
 * everything that came. It is done in rounds: each round takes from each connection, in the order in which they became
 * ready, as many requests as can be done together, has the host do all of them at once, and writes what can be written.
 * What is left begins the next round. Nothing is flushed before the rounds are over: one write for each connection.
 */
/** Does what all connections ask in one turn of the loop. Belongs to the loop. */
final class Turn implements Runnable {
    private static final System.Logger LOG = System.getLogger(Turn.class.getName());
    private static final int MOST_ROUNDS = 64;

    private final Host host;
    private final EventLoop loop;
    private final Map<Phase, List<Call>> phases = new EnumMap<>(Phase.class);
    private final List<Call> changes = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private List<Connection> ready = new ArrayList<>();
    private List<Connection> later = new ArrayList<>();
    private final List<Connection> written = new ArrayList<>();
    private final Runnable deaf;
    private @Nullable ScheduledFuture<?> alarm;
    private long alarmAt = Long.MAX_VALUE;
    private int waiting;
    private long pauses;
    private boolean paused;
    private boolean scheduled;

    Turn(Host host, EventLoop loop) {
        this.host = host;
        this.loop = loop;
        for (Phase phase : EnumSet.range(Phase.ADD, Phase.LOOK)) {
            phases.put(phase, phase == Phase.CHANGE ? changes : new ArrayList<>());
        }
        this.deaf = host.whenSooner(this::sooner);
    }

    /** Somebody else changed what the host waits for. A turn of our own looks at its end anyway. */
    private void sooner() {
        if (!loop.inEventLoop() && !loop.isShuttingDown()) {
            loop.execute(this::setAlarm);
        }
    }

    /** The host is listened to no more. */
    void end() {
        deaf.run();
    }

    /** A connection has something to do, or to write. */
    void ready(Connection connection) {
        if (connection.enlist()) {
            ready.add(connection);
            if (!scheduled) {
                scheduled = true;
                loop.execute(this);
            }
        }
    }

    void ask(Phase phase, Call call) {
        List<Call> bucket = phases.get(phase);
        (bucket == null ? changes : bucket).add(call);
    }

    void write(Connection connection) {
        written.add(connection);
    }

    /** Nothing is begun for a while. */
    @SuppressWarnings("FutureReturnValueIgnored") // A later pause outdates it; nobody cancels it.
    void pause(long millis) {
        long mine = ++pauses;
        paused = true;
        loop.schedule(() -> resume(mine), millis, TimeUnit.MILLISECONDS);
    }

    private void resume(long which) {
        if (which == pauses) {
            paused = false;
            again();
        }
    }

    private void again() {
        if (!scheduled) {
            scheduled = true;
            loop.execute(this);
        }
    }

    @Override
    public void run() {
        try {
            int rounds = 0;
            do {
                round();
            } while (!ready.isEmpty() && !paused && ++rounds < MOST_ROUNDS);
            for (int i = 0; i < written.size(); i++) {
                written.get(i).flush();
            }
        } finally {
            written.clear();
            scheduled = false;
            if (!ready.isEmpty() && !paused) {
                again();
            }
            setAlarm();
        }
    }

    private void round() {
        if (!paused) {
            for (int i = 0; i < ready.size() && !paused; i++) {
                collect(ready.get(i));
            }
            runCalls();
        }
        for (int i = 0; i < ready.size(); i++) {
            Connection connection = ready.get(i);
            if (settle(connection)) {
                later.add(connection);
            } else {
                connection.delist();
            }
        }
        ready.clear();
        List<Connection> empty = ready;
        ready = later;
        later = empty;
    }

    /* What goes wrong with one client, a reply too large for the memory among it, is the end of that client only. */
    private void collect(Connection connection) {
        try {
            connection.conversation().collect(this);
        } catch (RuntimeException | Error e) {
            connection.fail(e);
        }
    }

    private boolean settle(Connection connection) {
        try {
            return connection.conversation().settle(this);
        } catch (RuntimeException | Error e) {
            connection.fail(e);
            return false;
        }
    }

    private void runCalls() {
        for (List<Call> phase : phases.values()) {
            calls.addAll(phase);
            phase.clear();
        }
        if (!calls.isEmpty()) {
            try {
                host.run(calls);
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.ERROR, "the host failed", e);
                RuntimeException why = e instanceof RuntimeException known
                        ? known
                        : new IllegalStateException("the host failed: " + e, e);
                calls.forEach(call -> call.answer().fail(why));
            } finally {
                calls.clear();
            }
        }
    }

    Host host() {
        return host;
    }

    /** A connection waits for the host. */
    void waits() {
        waiting++;
    }

    /** A connection does not wait any more. */
    void waited() {
        waiting--;
    }

    int waiting() {
        return waiting;
    }

    /** An alarm that comes too early does no harm; it is only ever set to an earlier moment. */
    private void setAlarm() {
        long idle = waiting == 0 ? Long.MAX_VALUE : host.idleMillis();
        long at = idle == Long.MAX_VALUE ? Long.MAX_VALUE : loopMillis() + idle;
        if (at >= alarmAt) {
            return;
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
        alarmAt = at;
        alarm = loop.schedule(this::letTimePass, idle, TimeUnit.MILLISECONDS);
    }

    private long loopMillis() {
        return TimeUnit.NANOSECONDS.toMillis(loop.ticker().nanoTime());
    }

    private void letTimePass() {
        alarm = null;
        alarmAt = Long.MAX_VALUE;
        try {
            host.run(List.of());
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, "the host could not let time pass, going on: " + e, e);
        } finally {
            again();
        }
    }
}
