// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads of a worker.
 *
 * <p>Handlers run on virtual threads. What must go on while handlers keep every processor busy (receiving, settling, renewing,
 * watching) has platform threads: virtual ones wait for each other's end of turn, and a broker's client may pin theirs for as
 * long as it waits. Measured, a platform thread that receives also finds larger batches. Only a worker with more than 100 queues
 * has virtual ones for receiving and settling too. No thread inherits thread locals; handlers see the context class loader of
 * whoever started the worker.
 */
final class Threads {
    private static final int MANY_QUEUES = 100;

    private final String prefix;
    private final boolean manyQueues;
    private final ThreadFactory handlers;
    private final @Nullable ClassLoader loader;

    Threads(String worker, int queues) {
        this.manyQueues = queues > MANY_QUEUES;
        this.prefix = "millrace-" + worker + "-";
        this.handlers = Thread.ofVirtual()
                .name(prefix + "handler")
                .inheritInheritableThreadLocals(false)
                .factory();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        this.loader = Objects.equals(context, ClassLoader.getSystemClassLoader()) ? null : context;
    }

    /** A thread for one attempt. */
    Thread handler(Runnable attempt) {
        Thread thread = handlers.newThread(attempt);
        if (loader != null) {
            thread.setContextClassLoader(loader);
        }
        return thread;
    }

    /** A thread that does something for one queue; must not wait for handlers, unless the queues are very many. */
    Thread ofQueue(String purpose, Runnable work) {
        return manyQueues
                ? Thread.ofVirtual()
                        .name(prefix + purpose)
                        .inheritInheritableThreadLocals(false)
                        .unstarted(work)
                : steady(purpose, work);
    }

    /** A thread that must not wait for handlers. */
    Thread steady(String purpose, Runnable work) {
        return Thread.ofPlatform()
                .name(prefix + purpose)
                .daemon()
                .inheritInheritableThreadLocals(false)
                .unstarted(work);
    }
}
