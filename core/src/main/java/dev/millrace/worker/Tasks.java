// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.Delivery;
import dev.millrace.job.JobType;
import dev.millrace.job.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who does which job of one queue: by type, else the task for the rest, else nobody. */
record Tasks(Map<String, Task<?>> typed, @Nullable Task<Payload> rest) {
    Tasks {
        typed = Map.copyOf(typed);
    }

    @Nullable
    Task<?> find(Delivery delivery) {
        String type = typed.isEmpty() ? null : delivery.headers().get(JobType.HEADER);
        Task<?> task = type == null ? null : typed.get(type);
        return task == null ? rest : task;
    }

    /** Why nobody does this job. */
    String unknown(Delivery delivery) {
        String type = delivery.headers().get(JobType.HEADER);
        return (type == null ? "the job has no type" : "job type \"" + type + "\" is unknown here") + "; queue "
                + delivery.queue() + " has handlers for " + String.join(", ", new TreeSet<>(typed.keySet()));
    }

    Duration longestLimit() {
        return limits().stream().max(Duration::compareTo).orElseThrow();
    }

    Duration shortestLimit() {
        return limits().stream().min(Duration::compareTo).orElseThrow();
    }

    private List<Duration> limits() {
        List<Duration> limits = new ArrayList<>();
        typed.values().forEach(task -> limits.add(task.limit()));
        if (rest != null) {
            limits.add(rest.limit());
        }
        return limits;
    }
}
