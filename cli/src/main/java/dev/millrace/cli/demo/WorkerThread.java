// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import dev.millrace.broker.Broker;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A worker in this process, for brokers that no other process can reach. */
final class WorkerThread implements DemoWorker {
    private static final long LOOK_MILLIS = 20;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread thread;

    WorkerThread(DemoWork work, Broker broker) {
        this.thread = Thread.ofPlatform().name("millrace-demo-worker").start(() -> {
            try {
                work.run(broker, stop);
            } catch (IOException | InterruptedException | RuntimeException e) {
                failure.set(e);
            }
        });
    }

    @Override
    public boolean awaitEnd() throws InterruptedException {
        thread.join(LOOK_MILLIS);
        return !thread.isAlive();
    }

    @Override
    public void finish() {
        stop.countDown();
    }

    @Override
    public void kill() {
        throw new UnsupportedOperationException("a thread cannot be killed");
    }

    @Override
    public Optional<String> complaint() {
        return Optional.ofNullable(failure.get()).map(error -> "the worker failed: " + error);
    }

    @Override
    public Optional<Long> pid() {
        return Optional.empty();
    }

    @Override
    public void close() {
        stop.countDown();
        thread.interrupt();
    }
}
