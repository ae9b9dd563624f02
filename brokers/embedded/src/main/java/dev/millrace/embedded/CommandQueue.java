// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * Runs the commands of all callers one group after the other, without a thread of its own: the caller who finds nobody
 * leading leads. It runs all commands that have gathered as one group, then those that came in the meantime, and after
 * a few rounds passes the lead on: every change of threads costs more than a small group. So one write and one sync
 * serve everybody who waited for the last one, a lone caller never changes threads, and the engine has one user at a
 * time. (LevelDB's writer queue is the model.)
 *
 * An interrupt neither wakes a caller for good nor is lost: it is set again when the command has run.
 */
final class CommandQueue {
    private static final int GROUP_BYTES = 1 << 20;
    private static final int ROUNDS = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Command> waiting = new ArrayDeque<>();
    private final Consumer<List<Command>> run;
    private boolean led;

    /** @param run runs a group; if it throws, all of the group fail */
    CommandQueue(Consumer<List<Command>> run) {
        this.run = run;
    }

    /** Returns when the command has run; throws what it failed with. */
    void run(Command command) {
        if (!enter(command)) {
            awaitCall(command);
        }
        if (!command.isOver()) {
            lead();
        }
        command.check();
    }

    /** True if the caller is to lead. */
    private boolean enter(Command command) {
        lock.lock();
        try {
            waiting.add(command);
            boolean first = !led;
            led = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void awaitCall(Command command) {
        boolean interrupted = false;
        while (!command.isCalled()) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void lead() {
        Thread self = Thread.currentThread();
        Command next = null;
        for (int round = 1; round <= ROUNDS && (round == 1 || next != null); round++) {
            List<Command> group = nextGroup();
            try {
                run.accept(group);
            } catch (RuntimeException | Error e) {
                group.forEach(command -> command.failUnlessFailed(e));
            }
            next = passLead(round == ROUNDS);
            for (Command command : group) {
                command.end();
                if (!command.caller().equals(self)) {
                    LockSupport.unpark(command.caller());
                }
            }
        }
    }

    private List<Command> nextGroup() {
        lock.lock();
        try {
            List<Command> group = new ArrayList<>(waiting.size());
            long bytes = 0;
            while (!waiting.isEmpty()
                    && (group.isEmpty() || bytes + waiting.element().bytes() <= GROUP_BYTES)) {
                bytes += waiting.element().bytes();
                group.add(waiting.remove());
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Command passLead(boolean now) {
        lock.lock();
        try {
            Command next = waiting.peek();
            led = next != null;
            if (next != null && now) {
                next.lead();
                LockSupport.unpark(next.caller());
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}
