// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.EnqueueResult.Reason;
import dev.millrace.job.Job;
import dev.millrace.job.QueueName;
import dev.millrace.resp.client.Batch.Reply;
import dev.millrace.resp.client.Replies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * Jobs of one queue go together, as many as do not hold Redis up: a script runs alone. All parcels are on their way before
 * the first is answered, unless replicas are to be waited for.
 */
/** Stores jobs. */
final class Sending {
    private static final int MOST_JOBS = 256;
    private static final int MOST_BYTES = 1 << 20;
    private static final String PAUSED = "PAUSED";

    private final Site site;
    private final Registry registry;

    Sending(Site site, Registry registry) {
        this.site = site;
        this.registry = registry;
    }

    /** Jobs of one queue, by their places among all. */
    private static final class Bundle {
        private final QueueName queue;
        private final List<Integer> places = new ArrayList<>();
        private long bytes;

        Bundle(QueueName queue) {
            this.queue = queue;
        }

        boolean hasRoom(Job job) {
            return places.isEmpty()
                    || (places.size() < MOST_JOBS && bytes + job.payload().size() <= MOST_BYTES);
        }
    }

    /** What the script said: whether the queue is new, and the first ids. */
    private record Answer(boolean fresh, List<String> ids) {}

    List<EnqueueResult> send(List<Job> jobs) {
        List<Bundle> bundles = bundles(jobs);
        registry.write(bundles.stream().map(bundle -> bundle.queue).toList());
        List<Step<Answer>> steps =
                bundles.stream().map(bundle -> step(bundle, jobs)).toList();
        List<Reply<Answer>> replies =
                site.conditions().replication().replicas() > 0 ? oneByOne(steps) : site.runAll(steps);
        @Nullable EnqueueResult[] results = new EnqueueResult[jobs.size()];
        RuntimeException failed = null;
        for (int i = 0; i < replies.size(); i++) {
            RuntimeException error = replies.get(i).error();
            if (error == null) {
                take(bundles.get(i), replies.get(i).orThrow(), results);
            } else if (failed == null) {
                failed = error;
            }
        }
        if (failed != null) {
            throw failed;
        }
        @SuppressWarnings("NullAway") // Every place belongs to a bundle.
        List<EnqueueResult> all = Arrays.asList(results);
        return all;
    }

    private static List<Bundle> bundles(List<Job> jobs) {
        Map<QueueName, Bundle> open = new LinkedHashMap<>();
        List<Bundle> all = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            Job job = jobs.get(i);
            Bundle bundle = open.get(job.queue());
            if (bundle == null || !bundle.hasRoom(job)) {
                bundle = new Bundle(job.queue());
                open.put(job.queue(), bundle);
                all.add(bundle);
            }
            bundle.places.add(i);
            bundle.bytes += job.payload().size();
        }
        return all;
    }

    private Step<Answer> step(Bundle bundle, List<Job> jobs) {
        Step<Answer> step = site.step(Script.SEND, bundle.queue, (reply, server) -> {
            List<?> parts = Replies.list(reply);
            boolean fresh = Replies.number(parts.get(0)) == 1;
            return new Answer(fresh, Replies.list(parts.subList(1, parts.size()), Replies::text));
        });
        for (int place : bundle.places) {
            Job job = jobs.get(place);
            step.add(millis(job.delay())).add(job.expiry().map(Sending::millis).orElse(-1L));
            Fields.add(job, step);
        }
        return step;
    }

    /** Rounded up, so that nothing is too early. */
    static long millis(Duration length) {
        try {
            long millis = length.toMillis();
            return length.equals(Duration.ofMillis(millis)) ? millis : millis + 1;
        } catch (ArithmeticException longerThanAnyClock) {
            return Long.MAX_VALUE / 4096;
        }
    }

    private List<Reply<Answer>> oneByOne(List<Step<Answer>> steps) {
        List<Reply<Answer>> replies = new ArrayList<>(steps.size());
        for (Step<Answer> step : steps) {
            replies.add(new Reply<>(site.runSafely(step), null));
        }
        return replies;
    }

    private void take(Bundle bundle, Answer answer, @Nullable EnqueueResult[] results) {
        if (answer.fresh()) {
            registry.writeAgain(List.of(bundle.queue));
        }
        boolean paused = answer.ids().equals(List.of(PAUSED));
        if (!paused && answer.ids().size() != bundle.places.size()) {
            throw BrokerException.lasting(
                    "Redis stored " + answer.ids().size() + " of " + bundle.places.size() + " jobs", null);
        }
        for (int i = 0; i < bundle.places.size(); i++) {
            results[bundle.places.get(i)] = paused
                    ? new EnqueueResult.Refused(
                            Reason.PAUSED, "queue " + bundle.queue + " is paused for producers; resume it first")
                    : new EnqueueResult.Stored(Ids.id(answer.ids().get(i), bundle.queue));
        }
    }
}
