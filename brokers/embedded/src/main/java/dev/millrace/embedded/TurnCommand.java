// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.records.RecordWriter;
import dev.millrace.hosting.Call;
import org.jspecify.annotations.Nullable;

/*
 * Does as many calls of a turn as one group can do in their order: first those that change something, then takes, then
 * those that only look. It ends before a call that has to see what an earlier one of the same group changes; that and
 * the rest are for the next command.
 */
final class TurnCommand extends Command {
    private static final int MOST_BYTES = 1 << 20;
    private static final int CALL_BYTES = 128;

    private final Turn turn;
    private final int from;
    private final EmbeddedHost host;
    private final Steps steps;
    private @Nullable RuntimeException noRoom;
    private @Nullable RuntimeException noWriting;
    private boolean adds;
    private int takesFrom;
    private int looksFrom;
    private int to;

    TurnCommand(EmbeddedHost host, Turn turn, Steps steps) {
        this.host = host;
        this.turn = turn;
        this.from = turn.answered();
        this.steps = steps;
        this.to = from;
    }

    @Override
    int bytes() {
        return Math.min((turn.size() - from) * CALL_BYTES, MOST_BYTES);
    }

    @Override
    boolean fills() {
        return adds;
    }

    @Override
    boolean shed(boolean full, RuntimeException why) {
        if (full) {
            noRoom = why;
        } else {
            noWriting = why;
        }
        return true;
    }

    @Override
    void prepare(Engine engine, RecordWriter out) {
        steps.clear();
        adds = false;
        Changes changes = new Changes(host, engine, out, steps);
        int start = out.size();
        int at = from;
        boolean goesOn = true;
        while (goesOn && at < turn.size() && isChange(turn.calls.get(at))) {
            goesOn = out.size() - start < MOST_BYTES && change(changes, at);
            at += goesOn ? 1 : 0;
        }
        takesFrom = at;
        while (goesOn && at < turn.size() && isTake(turn.calls.get(at))) {
            at++;
        }
        looksFrom = at;
        while (goesOn && at < turn.size() && isLook(turn.calls.get(at))) {
            at++;
        }
        to = at;
    }

    private static boolean isChange(Call call) {
        return call instanceof Call.Add
                || call instanceof Call.Change
                || call instanceof Call.ChangeChosen
                || call instanceof Call.Renew
                || call instanceof Call.SetPause;
    }

    private static boolean isTake(Call call) {
        return call instanceof Call.Take || call instanceof Call.AwaitReady;
    }

    private static boolean isLook(Call call) {
        return !isChange(call) && !isTake(call) && !EmbeddedHost.isFlush(call);
    }

    /** False if it belongs into the next group. */
    private boolean change(Changes changes, int at) {
        Call call = turn.calls.get(at);
        RuntimeException refusal = call instanceof Call.Add && noRoom != null ? noRoom : noWriting;
        if (refusal != null) {
            turn.outcome(at, refusal);
            return true;
        }
        return switch (call) {
            case Call.Add add -> {
                boolean done = changes.add(add, turn, at);
                adds |= done;
                yield done;
            }
            case Call.Change change -> changes.change(change, turn, at);
            case Call.ChangeChosen change -> changes.change(change, turn, at);
            case Call.Renew renew -> changes.renew(renew, turn, at);
            case Call.SetPause pause -> changes.pause(pause, turn, at);
            default -> throw new IllegalStateException(call + " changes nothing");
        };
    }

    @Override
    void commit(Engine engine, long start) {
        steps.commit(engine, start);
    }

    @Override
    void abort(Engine engine) {
        steps.abort(engine, 0);
        to = from;
    }

    @Override
    void serve(TakeDesk desk) {
        for (int i = takesFrom; i < looksFrom; i++) {
            desk.come(taker(turn.calls.get(i), host.owner()));
            turn.handOver(i);
        }
    }

    private static Taker taker(Call call, Store store) {
        return call instanceof Call.Take take
                ? new HostTake(store, take, store.engine())
                : new HostNotice(store, (Call.AwaitReady) call, store.engine());
    }

    @Override
    void look(Engine engine) {
        for (int i = looksFrom; i < to; i++) {
            try {
                look(engine, i);
            } catch (RuntimeException | OutOfMemoryError e) {
                turn.outcome(i, Adds.failure(e));
            }
        }
    }

    private void look(Engine engine, int i) {
        Looks looks = host.looks();
        switch (turn.calls.get(i)) {
            case Call.Show show -> turn.outcome(i, looks.show(engine, show));
            case Call.Find find -> turn.outcome(i, looks.find(engine, find));
            case Call.Peek peek -> turn.outcome(i, looks.peek(engine, peek.queue(), peek.max()));
            case Call.Look look -> turn.outcome(i, Looks.queue(engine, look.queue()));
            case Call.ListQueues list -> turn.outcome(i, Looks.queues(engine, list.cursor(), list.steps()));
            case Call.ListJobs list -> turn.outcome(i, looks.jobs(engine, list));
            case Call.Await await -> {
                Object ending = looks.await(engine, await);
                if (ending == null) {
                    turn.handOver(i);
                } else {
                    turn.outcome(i, ending);
                }
            }
            default -> throw new IllegalStateException(turn.calls.get(i) + " looks at nothing");
        }
    }

    /** The first call that was not done. */
    int to() {
        return to;
    }
}
