// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The reference queues of a broker, with the present and the jobs by their ids. */
final class Model {
    private final Map<QueueName, ReferenceQueue> queues = new LinkedHashMap<>();
    private final List<QueueName> names;
    private final Map<JobId, ReferenceJob> known = new HashMap<>();
    private final List<JobId> given = new ArrayList<>();
    private Duration now = Duration.ZERO;

    Model(List<QueueName> names, Duration postponement) {
        this.names = List.copyOf(names);
        names.forEach(name -> queues.put(name, new ReferenceQueue(postponement)));
    }

    Duration now() {
        return now;
    }

    List<QueueName> names() {
        return names;
    }

    QueueName name(int number) {
        return names.get(number % names.size());
    }

    ReferenceQueue queue(QueueName name) {
        return Objects.requireNonNull(queues.get(name));
    }

    ReferenceQueue queueOf(ReferenceJob job) {
        return queue(job.queue);
    }

    Optional<ReferenceJob> find(JobId id) {
        return Optional.ofNullable(known.get(id));
    }

    /** An id that was given to a job at some time. */
    Optional<JobId> given(int number) {
        return given.isEmpty() ? Optional.empty() : Optional.of(given.get(number % given.size()));
    }

    void add(ReferenceJob job, boolean front) {
        assertThat(known.put(job.id, job))
                .as("another job with the id " + job.id)
                .isNull();
        given.add(job.id);
        queueOf(job).place(job, now, front);
    }

    void again(ReferenceJob job, Duration at) {
        job.waited = true;
        job.comesAgain(at);
        queueOf(job).place(job, now, false);
    }

    void forget(ReferenceJob job) {
        queueOf(job).forget(job);
        known.remove(job.id);
    }

    void pass(Duration time) {
        now = now.plus(time);
        queues.values().forEach(queue -> queue.pass(now));
        known.values().removeIf(job -> !queueOf(job).holds(job));
    }

    void restart() {
        queues.values().forEach(ReferenceQueue::restart);
    }

    boolean isCertain(ReferenceJob job) {
        return job.isCertain(now);
    }
}
