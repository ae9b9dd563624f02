// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.broker.BrokerException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Does steps in their order, on one virtual thread that is there while there are any: all that have gathered together. */
final class Lane implements AutoCloseable {
    private final Batch batch;
    private final ReentrantLock lock = new ReentrantLock();
    private List<Step> gathered = new ArrayList<>();
    private boolean running;
    private boolean closed;

    Lane(Batch batch) {
        this.batch = batch;
    }

    void add(List<Step> steps) {
        boolean refused;
        lock.lock();
        try {
            refused = closed;
            if (!closed) {
                gathered.addAll(steps);
                if (!running) {
                    running = true;
                    Thread.ofVirtual().name("millrace-relay").start(this::run);
                }
            }
        } finally {
            lock.unlock();
        }
        if (refused) {
            steps.forEach(step -> step.fail(BrokerException.lasting("the server is closed", null)));
        }
    }

    private void run() {
        List<Step> next = next();
        while (!next.isEmpty()) {
            try {
                batch.run(next);
            } catch (RuntimeException | Error e) {
                RuntimeException why = Batch.told(e);
                next.forEach(step -> step.fail(why));
            }
            next = next();
        }
    }

    private List<Step> next() {
        lock.lock();
        try {
            List<Step> all = gathered;
            gathered = new ArrayList<>();
            running = !all.isEmpty();
            return all;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
