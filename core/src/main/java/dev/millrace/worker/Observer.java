// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

/**
 * Is told everything that happens in a worker, for metrics, tracing, logs and dashboards. Called by many threads at once,
 * on the thread where the thing happens ({@link Event.Started} and {@link Event.Finished} mostly on that of the handler),
 * so it must be thread-safe and quick. What it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface Observer {
    /**
     * Something happened.
     *
     * @param event what; there will be more kinds, so leave a {@code default} in a {@code switch} over it
     */
    void on(Event event);

    /**
     * Both observers, this one first.
     *
     * @param next the other; told even if this one throws
     * @return an observer that tells both
     */
    default Observer and(Observer next) {
        return event -> {
            try {
                on(event);
            } finally {
                next.on(event);
            }
        };
    }
}
