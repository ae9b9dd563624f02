// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.job.QueueName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/*
 * As many are woken as there are jobs; who is just looking is told too, because it may have looked too early. Who is woken in
 * vain waits again, and who is not woken looks by itself before long: a ring makes things quick, and nothing depends on it.
 */
/** The receivers of this broker that wait, by their queues. Thread-safe. */
final class Bells {
    private final Map<QueueName, CopyOnWriteArrayList<Bell>> byQueue = new ConcurrentHashMap<>();

    void add(List<QueueName> queues, Bell bell) {
        for (QueueName queue : queues) {
            byQueue.compute(queue, (key, old) -> {
                CopyOnWriteArrayList<Bell> bells = old == null ? new CopyOnWriteArrayList<>() : old;
                bells.add(bell);
                return bells;
            });
        }
    }

    void remove(List<QueueName> queues, Bell bell) {
        for (QueueName queue : queues) {
            byQueue.computeIfPresent(queue, (key, bells) -> {
                bells.remove(bell);
                return bells.isEmpty() ? null : bells;
            });
        }
    }

    /** There are so many more jobs in a queue. */
    void ring(QueueName queue, int count) {
        CopyOnWriteArrayList<Bell> bells = byQueue.get(queue);
        if (bells == null) {
            return;
        }
        int left = count;
        for (Bell bell : bells) {
            if (bell.ring() && --left == 0) {
                return;
            }
        }
    }

    /** The queues that somebody waits for. */
    List<QueueName> waiting() {
        return byQueue.entrySet().stream()
                .filter(each -> each.getValue().stream().anyMatch(Bell::isAwaited))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** There is something in a queue of this name, if anybody here takes from it. */
    void ringNamed(String name) {
        byQueue.keySet().stream().filter(queue -> queue.value().equals(name)).forEach(this::ringAll);
    }

    void ringEverywhere() {
        byQueue.values().forEach(bells -> bells.forEach(Bell::ring));
    }

    void ringAll(QueueName queue) {
        ring(queue, Integer.MAX_VALUE);
    }
}
