// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Glimpse;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Pause;
import dev.millrace.broker.QueueStatus;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.HostedQueue;
import dev.millrace.hosting.HostedView;
import dev.millrace.hosting.Page;
import dev.millrace.job.JobId;
import dev.millrace.job.QueueName;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Looks at jobs and queues. Thread-safe. */
final class Looking {
    private static final int MOST = 1_000_000;

    private final Broker broker;
    private final Addressable addressable;
    private final Lines lines;
    private final Holdings holdings;
    private final InstantSource clock;

    Looking(Broker broker, Addressable addressable, Lines lines, InstantSource clock) {
        this.broker = broker;
        this.addressable = addressable;
        this.lines = lines;
        this.holdings = lines.holdings();
        this.clock = clock;
    }

    void run(Step step) {
        switch (step.call()) {
            case Call.Show show ->
                show.answer().give(step.ids().stream().findFirst().flatMap(this::show));
            case Call.Find find ->
                find.answer()
                        .give(find(find.id())
                                .filter(view -> find.where().test(view.job().queue())));
            case Call.Peek peek ->
                peek.answer()
                        .give(peek(peek.queue(), peek.max()).stream()
                                .map(Views::job)
                                .toList());
            case Call.Look look -> look.answer().give(queue(look.queue()));
            case Call.ListQueues list ->
                list.answer()
                        .give(new Page<>(
                                0,
                                inspectable().queues().stream().map(this::view).toList()));
            case Call.ListJobs list -> list.answer().give(jobs(list));
            case Call.Await await -> throw Cannot.so(broker, "tell when a job ends (WAITJOB)");
            default -> throw new IllegalArgumentException("not a look: " + step.call());
        }
    }

    Optional<Glimpse> glimpse(JobId id) {
        return addressable.show(id);
    }

    private Optional<HostedView> show(JobId id) {
        return glimpse(id).map(seen -> Views.view(seen, holdings.find(id), clock.instant()));
    }

    private Optional<HostedView> find(JobId id) {
        if (!broker.capabilities().has(Feature.CHOSEN_ID)) {
            throw Cannot.so(broker, "find a job by an id that its producer chose (FINDJOB)");
        }
        return show(id);
    }

    Inspectable inspectable() {
        return broker.facet(Inspectable.class).orElseThrow(() -> Cannot.so(broker, "show its queues"));
    }

    private List<Glimpse> peek(QueueName queue, long max) {
        if (max < 0) {
            throw Cannot.so(broker, "show the newest jobs of a queue; ask for the oldest, with a count above zero");
        }
        return inspectable().peek(queue, (int) Math.min(max, MOST));
    }

    /** Unknown is not zero: what is not counted is an error. */
    private Optional<HostedQueue> queue(QueueName queue) {
        Optional<QueueStatus> status = inspectable().queues().stream()
                .filter(one -> one.queue().equals(queue))
                .findFirst();
        if (status.isPresent() && status.get().ready().isEmpty()) {
            throw Cannot.so(broker, "count the jobs of the queue " + queue);
        }
        int takers = lines.waiting(queue);
        return status.or(() -> takers == 0 ? Optional.empty() : Optional.of(empty(queue)))
                .map(one -> Views.queue(one, takers));
    }

    private static QueueStatus empty(QueueName queue) {
        OptionalLong none = OptionalLong.of(0);
        return new QueueStatus(queue, none, none, none, none, Optional.empty(), Pause.NONE);
    }

    private HostedQueue view(QueueStatus status) {
        return Views.queue(status, lines.waiting(status.queue()));
    }

    /** Those of one queue that are queued, or that were put aside: more a broker does not list. */
    private Page<HostedView> jobs(Call.ListJobs call) {
        Set<HostedView.State> states = call.filter().states();
        QueueName queue = call.filter().queue().orElse(null);
        boolean dead = states.equals(Set.of(HostedView.State.DEAD));
        if (queue == null || (!dead && !states.equals(Set.of(HostedView.State.QUEUED)))) {
            throw Cannot.so(
                    broker,
                    "list all jobs; ask for those of one queue in one state: QUEUE name STATE queued, or STATE dead");
        }
        int from = Math.clamp(call.cursor(), 0, MOST);
        int to = Math.min(MOST, from + Math.max(1, call.steps()));
        List<Glimpse> found =
                dead ? inspectable().dead(queue, to) : inspectable().peek(queue, to);
        List<HostedView> part = found.stream()
                .skip(from)
                .map(seen -> Views.view(seen, Optional.empty(), clock.instant()))
                .toList();
        return new Page<>(found.size() == to && to < MOST ? to : 0, part);
    }
}
