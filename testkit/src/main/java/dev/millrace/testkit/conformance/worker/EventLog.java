// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import dev.millrace.testkit.WaitFor;
import dev.millrace.worker.Event;
import dev.millrace.worker.JobContext;
import dev.millrace.worker.Observer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps every event of a worker. */
final class EventLog implements Observer {
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();

    @Override
    public void on(Event event) {
        events.add(event);
    }

    List<Event> all() {
        return List.copyOf(events);
    }

    <E extends Event> List<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The kinds of events of one attempt, in order. */
    List<Class<?>> of(JobContext attempt) {
        return events.stream()
                .filter(event ->
                        event instanceof Event.OfJob ofJob && ofJob.job().equals(attempt))
                .<Class<?>>map(Object::getClass)
                .toList();
    }

    /** Waits until there are so many events of a kind, and returns the last. */
    <E extends Event> E await(int count, Class<E> kind) {
        WaitFor.until(count + " × " + kind.getSimpleName(), () -> all(kind).size() >= count);
        return all(kind).getLast();
    }

    <E extends Event> E await(Class<E> kind) {
        return await(1, kind);
    }
}
