// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.Broker;
import dev.millrace.job.Guarantee;
import dev.millrace.job.JobType;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link Worker.Builder}: each call checks its own arguments, {@link #start} what they are together. */
sealed class WorkerBuilder implements Worker.Builder permits TransactionWorkerBuilder {
    private static final Duration SHORTEST_LEASE = Duration.ofMillis(100);
    private static final int READ_AHEAD = 256;
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Broker broker;
    private final Map<QueueName, Places> places = new LinkedHashMap<>();
    private final Map<QueueName, DecidingHandler<Payload>> untyped = new LinkedHashMap<>();
    private final Map<QueueName, Map<String, Task<?>>> typed = new LinkedHashMap<>();
    private final Set<QueueName> acknowledging = new LinkedHashSet<>();
    private RetryPolicy retry = RetryPolicy.standard();
    private Duration timeLimit = JobType.DEFAULT_TIME_LIMIT;
    private Duration lease = Duration.ofSeconds(30);
    private int readAhead = READ_AHEAD;
    private @Nullable Observer observer;
    private String name = "worker";
    private InstantSource clock = InstantSource.system();

    WorkerBuilder(Broker broker) {
        this.broker = broker;
    }

    /** What was said of a queue. */
    private record Places(int concurrency, Guarantee guarantee) {}

    @Override
    public Worker.Builder queue(String queue, int concurrency) {
        return queue(queue, concurrency, Guarantee.AT_LEAST_ONCE);
    }

    @Override
    public Worker.Builder queue(String queue, int concurrency, Guarantee guarantee) {
        if (concurrency < 1 || concurrency > Worker.MAX_CONCURRENCY) {
            throw new IllegalArgumentException("concurrency " + concurrency + " of queue " + queue
                    + " is out of range; give 1 to " + Worker.MAX_CONCURRENCY);
        }
        if (places.putIfAbsent(new QueueName(queue), new Places(concurrency, guarantee)) != null) {
            throw new IllegalArgumentException("queue " + queue + " is given twice; give each once");
        }
        return this;
    }

    @Override
    public Worker.Builder handle(String queue, Handler<Payload> handler) {
        return decide(queue, Task.deciding(handler));
    }

    @Override
    public <T> Worker.Builder handle(JobType<T> type, Handler<T> handler) {
        return decide(type, Task.deciding(handler));
    }

    @Override
    public Worker.Builder decide(String queue, DecidingHandler<Payload> handler) {
        if (untyped.putIfAbsent(new QueueName(queue), handler) != null) {
            throw new IllegalArgumentException(
                    "queue " + queue + " has two handlers for jobs without a type; give one");
        }
        return this;
    }

    @Override
    public <T> Worker.Builder decide(JobType<T> type, DecidingHandler<T> handler) {
        Map<String, Task<?>> ofQueue = typed.computeIfAbsent(type.queue(), queue -> new HashMap<>());
        if (ofQueue.putIfAbsent(type.name(), Task.of(type, handler)) != null) {
            throw new IllegalArgumentException(
                    "job type " + type.name() + " of queue " + type.queue() + " has two handlers; give one");
        }
        return this;
    }

    @Override
    public Worker.Builder retry(RetryPolicy policy) {
        retry = policy;
        return this;
    }

    @Override
    public Worker.Builder timeLimit(Duration limit) {
        timeLimit = inRange("time limit", limit, Duration.ofNanos(1));
        return this;
    }

    @Override
    public Worker.Builder lease(Duration length) {
        lease = inRange("lease", length, SHORTEST_LEASE);
        return this;
    }

    @Override
    public Worker.Builder readAhead(int jobs) {
        if (jobs < 0 || jobs > Worker.MAX_CONCURRENCY) {
            throw new IllegalArgumentException(
                    "readAhead " + jobs + " is out of range; give 0 to " + Worker.MAX_CONCURRENCY);
        }
        readAhead = jobs;
        return this;
    }

    private static Duration inRange(String what, Duration given, Duration least) {
        if (given.compareTo(least) < 0 || given.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + " " + given + " is out of range; give "
                    + (least.toNanos() == 1 ? "more than zero" : "at least " + least) + " and at most "
                    + LONGEST.toDays() + " days");
        }
        return given;
    }

    @Override
    public Worker.Builder observer(Observer next) {
        observer = observer == null ? next : observer.and(next);
        return this;
    }

    @Override
    public Worker.Builder name(String given) {
        if (given.isBlank()) {
            throw new IllegalArgumentException("the name of a worker is blank; give one, or leave it out");
        }
        name = given;
        return this;
    }

    @Override
    public Worker.Builder clock(InstantSource source) {
        clock = source;
        return this;
    }

    @Override
    public Worker start() {
        List<QueuePlan> plans = plans();
        Requirements requirements = new Requirements(broker);
        plans.forEach(plan -> requirements.check(plan, retry));
        checkTransactions(plans.stream()
                .filter(plan -> acknowledging.contains(plan.queue()))
                .mapToInt(QueuePlan::concurrency)
                .sum());
        Terms terms =
                new Terms(broker, clock, new Terms.Limits(lease, readAhead), retry, new Announcer(name, observer));
        return new RunningWorker(terms, plans).start();
    }

    /** Refuses more handlers in transactions at once than there can be. */
    void checkTransactions(int most) {}

    private List<QueuePlan> plans() {
        if (places.isEmpty()) {
            throw new IllegalArgumentException(
                    "worker " + name + " has no queue; give one with queue(name, concurrency)");
        }
        untyped.keySet().forEach(queue -> checkTaken(queue, "a handler"));
        typed.forEach((queue, tasks) -> checkTaken(queue, "handlers for " + String.join(", ", tasks.keySet())));
        checkAcknowledgements();
        List<QueuePlan> plans = new ArrayList<>();
        places.forEach(
                (queue, said) -> plans.add(new QueuePlan(queue, said.concurrency(), said.guarantee(), tasks(queue))));
        return plans;
    }

    /** The handlers of a queue acknowledge in their own transactions. */
    void needsAcknowledgement(String queue) {
        acknowledging.add(new QueueName(queue));
    }

    private void checkAcknowledgements() {
        for (QueueName queue : acknowledging) {
            Places said = places.get(queue);
            if (said != null && said.guarantee() == Guarantee.AT_MOST_ONCE) {
                throw new IllegalArgumentException("queue " + queue + " is taken at most once, which leaves nothing to"
                        + " acknowledge in a handler's transaction; take it at least once, or use handle");
            }
        }
    }

    private void checkTaken(QueueName queue, String what) {
        if (!places.containsKey(queue)) {
            throw new IllegalArgumentException("worker " + name + " has " + what + " for queue " + queue
                    + " and does not take its jobs; add queue(\"" + queue + "\", concurrency)");
        }
    }

    private Tasks tasks(QueueName queue) {
        DecidingHandler<Payload> handler = untyped.get(queue);
        Map<String, Task<?>> ofQueue = typed.getOrDefault(queue, Map.of());
        if (handler == null && ofQueue.isEmpty()) {
            throw new IllegalArgumentException("worker " + name + " takes the jobs of queue " + queue
                    + " and has no handler for them; add handle(\"" + queue
                    + "\", …) or one for a job type of that queue");
        }
        return new Tasks(ofQueue, handler == null ? null : Task.untyped(handler, timeLimit));
    }
}
