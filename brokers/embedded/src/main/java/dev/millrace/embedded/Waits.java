// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.embedded.engine.Ended;
import dev.millrace.hosting.Call;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/*
 * The calls of hosts that wait, and the answers that are due. Answers are given when a group is over and all is
 * consistent, so that one which throws harms nobody. Used only by the leader.
 */
final class Waits {
    private static final Logger LOG = System.getLogger(Waits.class.getName());
    private static final long BYTES = 300;

    private final IdentityHashMap<Call, HostWait> takes = new IdentityHashMap<>();
    private final Map<Long, Set<Call.Await>> awaits = new HashMap<>();
    private final List<Runnable> due = new ArrayList<>();
    private int awaiting;
    private int turn;

    /** What they take in memory, roughly. */
    long bytes() {
        return (takes.size() + awaiting) * BYTES;
    }

    void parked(Call call, HostWait take) {
        takes.put(call, take);
    }

    void gone(Call call) {
        takes.remove(call);
    }

    /** Where one who asks for several queues begins to look: each time one further. */
    int turn(int queues) {
        turn = (turn + 1) & Integer.MAX_VALUE;
        return turn % queues;
    }

    void await(Call.Await call) {
        awaits.computeIfAbsent(call.number(), number -> Collections.newSetFromMap(new IdentityHashMap<>(2)))
                .add(call);
        awaiting++;
    }

    /** An answer that is to be given when the group is over. */
    void answer(Runnable answer) {
        due.add(answer);
    }

    /** Jobs are over: those who awaited it are told. */
    void answerEnded(List<Ended> ended) {
        for (Ended one : ended) {
            Set<Call.Await> all = awaits.remove(one.sequence());
            if (all != null) {
                awaiting -= all.size();
                all.forEach(call -> answer(() -> call.answer().give(one.how())));
            }
        }
    }

    /** Ends the waiting of a call without an answer; false if it does not wait. */
    boolean withdraw(Call call, TakeDesk desk) {
        if (call instanceof Call.Await await) {
            return withdraw(await);
        }
        HostWait take = takes.get(call);
        return take != null && take.leave() && desk.withdraw(take);
    }

    private boolean withdraw(Call.Await call) {
        Set<Call.Await> all = awaits.get(call.number());
        if (all == null || !all.remove(call)) {
            return false;
        }
        awaiting--;
        if (all.isEmpty()) {
            awaits.remove(call.number());
        }
        return true;
    }

    /** All takes that wait are answered with nothing. */
    void dismissTakes(TakeDesk desk) {
        List.copyOf(takes.values()).forEach(desk::withdraw);
    }

    /** Nobody hears of the end of a job any more. */
    void dismissAll(RuntimeException why) {
        awaits.values()
                .forEach(all -> all.forEach(call -> answer(() -> call.answer().fail(why))));
        awaits.clear();
        awaiting = 0;
    }

    /** Gives the answers that are due. */
    void answerAll() {
        if (due.isEmpty()) {
            return;
        }
        List<Runnable> now = List.copyOf(due);
        due.clear();
        now.forEach(Waits::safely);
    }

    /** Gives an answer; if that throws, nobody else is to suffer. */
    static void safely(Runnable answer) {
        try {
            answer.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "an answer of a host threw, going on: " + e, e);
        }
    }
}
