// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/*
 * Runs the commands of all callers one group after the other, without a thread of its own: the caller who finds nobody
 * leading leads. It runs all commands that have gathered as one group, and passes the lead to the first of those that
 * came in the meantime. So one write and one sync serve everybody who waited for the last one, a lone caller never
 * changes threads, and the engine has one user at a time. (LevelDB's writer queue works like that.)
 *
 * An interrupt neither wakes a caller for good nor is lost: it is set again when the command has run.
 */
final class CommandQueue {
    private static final int GROUP_BYTES = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Command> waiting = new ArrayDeque<>();
    private final Consumer<List<Command>> run;
    private boolean led;

    /** @param run runs a group; must not throw */
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
        List<Command> group = nextGroup();
        run.accept(group);
        Command next = passLead();
        if (next != null) {
            LockSupport.unpark(next.caller());
        }
        Thread self = Thread.currentThread();
        for (Command command : group) {
            command.end();
            if (!command.caller().equals(self)) {
                LockSupport.unpark(command.caller());
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

    private @org.jspecify.annotations.Nullable Command passLead() {
        lock.lock();
        try {
            Command next = waiting.peek();
            led = next != null;
            if (next != null) {
                next.lead();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }
}
