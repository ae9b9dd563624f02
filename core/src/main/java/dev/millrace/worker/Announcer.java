// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the observer, which may throw what it likes, and writes the log. Whoever makes an event for each job asks {@link
 * #observed} first, so that a worker without an observer makes none.
 */
final class Announcer {
    private static final Logger LOG = System.getLogger(Worker.class.getName());

    private final String worker;
    private final @Nullable Observer observer;
    private final AtomicBoolean complained = new AtomicBoolean();

    Announcer(String worker, @Nullable Observer observer) {
        this.worker = worker;
        this.observer = observer;
    }

    String worker() {
        return worker;
    }

    boolean observed() {
        return observer != null;
    }

    void announce(Event event) {
        if (observer != null) {
            try {
                observer.on(event);
            } catch (Throwable e) {
                once(complained, "an observer threw; the worker goes on, and this is not logged again", e);
            }
        }
    }

    void log(Level level, Supplier<String> text, @Nullable Throwable error) {
        if (LOG.isLoggable(level)) {
            LOG.log(level, "worker " + worker + ": " + text.get(), error);
        }
    }

    /** Warns, the first time that it is called with this flag. */
    void once(AtomicBoolean said, String text, Throwable error) {
        if (said.compareAndSet(false, true)) {
            log(Level.WARNING, () -> text, error);
        }
    }
}
