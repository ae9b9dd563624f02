// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.WaitFor;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Something that runs on a thread of its own while the test goes on. */
final class Background<T> {
    private static final Duration SETTLING = Duration.ofMillis(200);
    private static final long DEADLINE_SECONDS = 60;

    private final FutureTask<T> task;
    private final Thread thread;

    private Background(Callable<T> work) {
        this.task = new FutureTask<>(work);
        this.thread = Thread.ofPlatform().name("contract").daemon().start(task);
    }

    static <T> Background<T> start(Callable<T> work) {
        return new Background<>(work);
    }

    /** Lets the thread come to its waiting; a thread that waits in native code is given time instead. */
    Background<T> settled() {
        WaitFor.within(
                SETTLING,
                () -> thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.WAITING);
        assertThat(task.isDone()).as("it should still be waiting").isFalse();
        return this;
    }

    void interrupt() {
        thread.interrupt();
    }

    boolean isDone() {
        return task.isDone();
    }

    /** What the work returned; what it threw is thrown as it is, or inside an AssertionError if it is checked. */
    T result() {
        try {
            return task.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new AssertionError("thrown in the background", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (TimeoutException e) {
            AssertionError stuck = new AssertionError("still running after " + DEADLINE_SECONDS + " s", e);
            stuck.setStackTrace(thread.getStackTrace());
            throw stuck;
        }
    }
}
