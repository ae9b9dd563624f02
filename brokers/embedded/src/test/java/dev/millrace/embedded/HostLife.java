// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Pause;
import dev.millrace.embedded.NaiveHost.NaiveJob;
import dev.millrace.hosting.Call.Added;
import dev.millrace.hosting.Ending;
import dev.millrace.hosting.HostedJob;
import dev.millrace.hosting.HostedQueue;
import dev.millrace.hosting.HostedView;
import dev.millrace.hosting.HostedView.State;
import dev.millrace.hosting.Terms;
import dev.millrace.hosting.Terms.RetryClock;
import dev.millrace.hosting.Verb;
import dev.millrace.job.Job;
import dev.millrace.testkit.conformance.BrokerHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random life of a host, compared to the naive one after each step. */
final class HostLife {
    private static final List<String> QUEUES = List.of("a", "b", "c");

    private final Random random;
    private final BrokerHarness harness;
    private final NaiveHost naive = new NaiveHost();
    private Broker broker;
    private Caller host;
    private long highest;

    HostLife(int seed, BrokerHarness harness) {
        this.random = new Random(seed);
        this.harness = harness;
        this.broker = harness.open();
        this.host = Caller.of(broker);
    }

    void live(int seed) {
        for (int step = 0; step < 250; step++) {
            String what = step();
            compare("seed " + seed + ", step " + step + ": " + what);
        }
        broker.close();
        harness.close();
    }

    private List<Long> some() {
        List<Long> numbers = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            numbers.add(highest - random.nextInt(30));
        }
        return numbers.stream().distinct().toList();
    }

    private String any() {
        return QUEUES.get(random.nextInt(QUEUES.size()));
    }

    private String step() {
        return switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> add();
            case 4, 5 -> take();
            case 6 -> end(some().subList(0, 1));
            case 7, 8 -> enqueue(some());
            case 9 -> dequeue(some());
            case 10 -> renew(some().getFirst());
            case 11 -> rare();
            case 12 -> putBack(some());
            case 13 -> takeFor();
            default -> pass(random.nextInt(4) == 0 ? random.nextInt(30_000) : random.nextInt(3_000));
        };
    }

    private String rare() {
        return switch (random.nextInt(5)) {
            case 4 -> flush(any());
            case 0 -> bury(some().subList(0, 1));
            case 1, 2 -> pause(any(), random.nextInt(3) == 0, random.nextInt(3) == 0);
            default -> restart();
        };
    }

    private String end(List<Long> numbers) {
        assertThat(host.change(new Verb.End(Ending.ACKED), numbers.toArray(Long[]::new)))
                .isEqualTo(naive.end(numbers));
        return "end " + numbers;
    }

    private String enqueue(List<Long> numbers) {
        boolean nack = random.nextBoolean();
        long delay = random.nextInt(3) == 0 ? 1 + random.nextInt(20_000) : 0;
        assertThat(host.change(new Verb.Enqueue(nack, delay), numbers.toArray(Long[]::new)))
                .isEqualTo(naive.enqueue(numbers, nack, delay));
        return "enqueue " + numbers + (nack ? " handed back" : "") + " after " + delay;
    }

    private String dequeue(List<Long> numbers) {
        assertThat(host.dequeue(numbers.toArray(Long[]::new))).isEqualTo(naive.dequeue(numbers));
        return "dequeue " + numbers;
    }

    private String putBack(List<Long> numbers) {
        assertThat(host.change(new Verb.PutBack(), numbers.toArray(Long[]::new)))
                .isEqualTo(naive.putBack(numbers));
        return "put back " + numbers;
    }

    private String takeFor() {
        String queue = any();
        long lease = random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(10_000);
        assertThat(host.takeFor(lease, 2, queue).stream().map(HostedJob::number))
                .containsExactlyElementsOf(naive.take(List.of(queue), 2, lease));
        return "take of " + queue + " for " + lease;
    }

    private String flush(String queue) {
        assertThat(host.flush(queue)).isEqualTo(naive.flush(queue));
        return "flush " + queue;
    }

    private String renew(long number) {
        assertThat(host.renew(number).outcome().name()).isEqualTo(naive.renew(number));
        return "renew " + number;
    }

    private String pass(long millis) {
        harness.pass(Duration.ofMillis(millis));
        host.host().run(List.of());
        naive.pass(millis);
        return "pass " + millis;
    }

    private String bury(List<Long> numbers) {
        assertThat(host.change(new Verb.Bury("bad"), numbers.toArray(Long[]::new)))
                .isEqualTo(naive.bury(numbers));
        return "bury " + numbers;
    }

    private String pause(String queue, boolean in, boolean out) {
        Pause outOrNone = out ? Pause.OUT : Pause.NONE;
        Pause inOrBoth = out ? Pause.BOTH : Pause.IN;
        host.pause(queue, in ? inOrBoth : outOrNone);
        naive.pausedIn.put(queue, in);
        naive.pausedOut.put(queue, out);
        return "pause " + queue + (in ? " in" : "") + (out ? " out" : "");
    }

    private String restart() {
        if (!harness.durable()) {
            return "no restart";
        }
        broker = random.nextBoolean() ? harness.crash(broker) : harness.reopen(broker);
        host = Caller.of(broker);
        naive.restart();
        return "restart";
    }

    private String add() {
        String queue = any();
        long retry = random.nextInt(4) == 0 ? 0 : 1_000L + random.nextInt(10_000);
        long delay = random.nextInt(4) == 0 ? 1 + random.nextInt(15_000) : 0;
        long life = random.nextInt(2) == 0 ? 0 : delay + 1_000 + random.nextInt(60_000);
        int priority = random.nextInt(5) == 0 ? random.nextInt(10) : Job.DEFAULT_PRIORITY;
        Terms terms = new Terms(
                retry,
                random.nextBoolean() ? RetryClock.FROM_QUEUEING : RetryClock.FROM_DELIVERY,
                random.nextInt(3) == 0 ? 1 + random.nextInt(5) : Terms.NO_LIMIT,
                random.nextInt(3) == 0 ? 1 + random.nextInt(4) : Terms.NO_LIMIT);
        Job job = Caller.job(queue, "x").withPriority(priority).after(Duration.ofMillis(delay));
        Added added = host.added(life == 0 ? job : job.expiringAfter(Duration.ofMillis(life)), terms);
        boolean refused = naive.isPausedIn(queue) || naive.queued(queue).size() >= terms.maxQueued();
        assertThat(added.result() instanceof EnqueueResult.Refused).isEqualTo(refused);
        if (!refused) {
            highest = added.number();
            naive.jobs.add(new NaiveJob(highest, queue, priority, terms, new long[] {naive.now, delay, life}));
        }
        return "add " + highest + " retry " + retry + " delay " + delay + " life " + life;
    }

    private String take() {
        List<String> queues = random.nextBoolean() ? List.of(any()) : QUEUES;
        int max = 1 + random.nextInt(4);
        assertThat(host.take(max, queues.toArray(String[]::new)).stream().map(HostedJob::number))
                .containsExactlyElementsOf(naive.take(queues, max));
        return "take " + max + " of " + queues;
    }

    private void compare(String when) {
        for (NaiveJob job : naive.jobs) {
            HostedView view = host.show(job.number).orElseThrow(() -> new AssertionError(when + ": no " + job.number));
            assertThat(view.state()).as("%s, job %s", when, job.number).isEqualTo(job.state);
            assertThat(view.deliveries()).as(when).isEqualTo(job.deliveries);
            assertThat(view.job().nacks())
                    .as("%s, nacks of %s", when, job.number)
                    .isEqualTo(job.nacks);
            assertThat(view.job().requeues())
                    .as("%s, requeues of %s", when, job.number)
                    .isEqualTo(job.requeues);
            assertThat(view.requeueMillis())
                    .as("%s, next time of %s", when, job.number)
                    .isEqualTo(job.requeueMillis(naive.now));
        }
        assertThat(host.host().usage().jobs()).as(when).isEqualTo(naive.jobs.size());
        for (String queue : QUEUES) {
            List<Long> expected =
                    naive.queued(queue).stream().map(job -> job.number).toList();
            assertThat(host.peeked(queue, 1_000))
                    .as("%s, queue %s", when, queue)
                    .isEqualTo(expected);
            assertThat(host.peeked(queue, -1_000)).as(when).isEqualTo(expected.reversed());
            assertThat(host.look(queue).map(HostedQueue::active).orElse(0L))
                    .as(when)
                    .isEqualTo(naive.jobs.stream()
                            .filter(job -> job.queue.equals(queue) && job.state == State.ACTIVE)
                            .count());
        }
    }
}
