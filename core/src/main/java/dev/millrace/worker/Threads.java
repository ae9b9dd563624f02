// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads of a worker.
 *
 * <p>Handlers and takers are virtual. What must go on while handlers keep every processor busy (renewing leases, watching time
 * limits, settling) has platform threads, because virtual threads wait for each other's end of turn. No thread inherits
 * thread locals; handlers see the context class loader of whoever started the worker.
 */
final class Threads {
    private final String prefix;
    private final ThreadFactory handlers;
    private final @Nullable ClassLoader loader;

    Threads(String worker) {
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

    /** A thread that receives. */
    Thread taker(String queue, Runnable work) {
        return Thread.ofVirtual()
                .name(prefix + "take-" + queue)
                .inheritInheritableThreadLocals(false)
                .unstarted(work);
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
