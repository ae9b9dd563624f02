// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp.client;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * One connection of a pipeline, from when it opens to when it breaks. A call is noted before it is written, so that its
 * reply finds it. The first who sees that the connection is broken takes all calls that are noted and fails them; later ones
 * are refused.
 */
final class Session {
    private final Connections connections;
    private final Runnable done;
    private final Wire wire;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition noted = lock.newCondition();
    private final Queue<Call<?>> sent = new ArrayDeque<>();
    private boolean open = true;

    Session(Connections connections, Runnable done) {
        this.connections = connections;
        this.done = done;
        this.wire = connections.open();
    }

    Session start() {
        Thread.ofPlatform()
                .name(connections.settings().protocol().name() + "-async-reader")
                .daemon()
                .start(this::read);
        return this;
    }

    boolean isOpen() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    void write(List<Call<?>> batch) {
        Call<?> first = batch.get(0);
        if (!note(batch)) {
            RuntimeException error = wire.lost(first.command(), false, null);
            batch.forEach(call -> fail(call, error));
            return;
        }
        try {
            for (Call<?> call : batch) {
                wire.send(call.command());
            }
            wire.flushGroup(first.command());
        } catch (RuntimeException e) {
            end(e);
        }
    }

    private boolean note(List<Call<?>> batch) {
        lock.lock();
        try {
            if (open) {
                boolean wasEmpty = sent.isEmpty();
                sent.addAll(batch);
                if (wasEmpty) {
                    noted.signal();
                }
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        try {
            for (Call<?> call = next(); call != null; call = next()) {
                connections.beginReading(wire, call.command());
                call.receive(wire);
                wire.end();
                forgetFirst();
                done.run();
            }
        } catch (RuntimeException e) {
            end(e);
        }
    }

    /** The call whose reply comes next. */
    private @Nullable Call<?> next() {
        lock.lock();
        try {
            while (open && sent.isEmpty()) {
                noted.awaitUninterruptibly();
            }
            return sent.peek();
        } finally {
            lock.unlock();
        }
    }

    private void forgetFirst() {
        lock.lock();
        try {
            sent.poll();
        } finally {
            lock.unlock();
        }
    }

    void end() {
        end(null);
    }

    private void end(@Nullable RuntimeException cause) {
        List<Call<?>> lost;
        lock.lock();
        try {
            open = false;
            lost = List.copyOf(sent);
            sent.clear();
            noted.signal();
        } finally {
            lock.unlock();
        }
        connections.drop(wire);
        for (Call<?> call : lost) {
            fail(call, wire.lost(call.command(), true, cause));
        }
    }

    private void fail(Call<?> call, RuntimeException error) {
        done.run();
        call.fail(error);
    }
}
