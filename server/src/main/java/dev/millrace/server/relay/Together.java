// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Several things at once, each on a virtual thread, and one on the caller's. */
final class Together {
    private static final int MOST = 64;

    private Together() {}

    /** Does something with each; returns when all is done, and throws what one of them threw. */
    static <T> void run(List<T> things, Consumer<T> work) {
        for (int from = 0; from < things.size(); from += MOST) {
            part(things.subList(from, Math.min(things.size(), from + MOST)), work);
        }
    }

    private static <T> void part(List<T> things, Consumer<T> work) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Consumer<T> guarded = thing -> {
            try {
                work.accept(thing);
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        };
        List<Thread> threads = new ArrayList<>(things.size() - 1);
        for (T thing : things.subList(1, things.size())) {
            threads.add(Thread.ofVirtual().name("millrace-relay").start(() -> guarded.accept(thing)));
        }
        guarded.accept(things.getFirst());
        for (Thread thread : threads) {
            join(thread);
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw Batch.told(thrown);
        }
    }

    /** Nobody interrupts these threads; if somebody does, the order of things matters more. */
    private static void join(Thread thread) {
        boolean interrupted = false;
        boolean joined = false;
        while (!joined) {
            try {
                thread.join();
                joined = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
