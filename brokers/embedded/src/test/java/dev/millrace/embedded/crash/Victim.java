// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.crash;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.checker.JobDiary;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A process that enqueues and settles in several threads as fast as it can, writes down what it does, and never ends by
 * itself. Arguments: broker URL, diary, a prefix for the names of jobs, seed.
 */
final class Victim {
    private static final int MOST_IN_A_BATCH = 20;
    private static final int MOST_DELAY_MILLIS = 100;

    private Victim() {}

    public static void main(String[] args) throws Exception {
        Random random = new Random(Long.parseLong(args[3]));
        JobDiary diary = new JobDiary(Path.of(args[1]));
        Broker broker = Brokers.open(args[0]);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String prefix = args[2] + "." + i + ".";
            long seed = random.nextLong();
            threads.add(Thread.ofPlatform().start(() -> produce(broker, diary, prefix, new Random(seed))));
            threads.add(Thread.ofPlatform().start(() -> consume(broker, diary, new Random(seed + 1))));
        }
        System.out.write("working\n".getBytes(StandardCharsets.UTF_8));
        System.out.flush();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void produce(Broker broker, JobDiary diary, String prefix, Random random) {
        for (int next = 0; ; ) {
            List<String> names = new ArrayList<>();
            List<Job> jobs = new ArrayList<>();
            for (int i = random.nextInt(MOST_IN_A_BATCH); i >= 0; i--) {
                names.add(prefix + next++);
                jobs.add(job(names.getLast(), random));
            }
            diary.sending(names);
            List<EnqueueResult> results = broker.send(jobs);
            List<String> accepted = new ArrayList<>();
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i) instanceof EnqueueResult.Stored) {
                    accepted.add(names.get(i));
                }
            }
            diary.accepted(accepted);
        }
    }

    /* The name stands first and the size of the rest last, to show damage; the rest makes records of every size, now and then larger than a segment. */
    private static Job job(String name, Random random) {
        int size = random.nextInt(500) == 0 ? 100_000 : random.nextInt(300);
        Job job = Job.of("victim", Payload.text(name + " " + "x".repeat(size) + " " + size));
        job = random.nextInt(8) == 0 ? job.after(Duration.ofMillis(random.nextInt(MOST_DELAY_MILLIS))) : job;
        return random.nextInt(4) == 0 ? job.withId("id-" + name).withHeader("seen", "no") : job;
    }

    private static void consume(Broker broker, JobDiary diary, Random random) {
        Receiver receiver = broker.receiver(Subscription.to("victim", 1000, Duration.ofMinutes(5)));
        while (true) {
            try {
                settle(receiver, diary, receiver.receive(1 + random.nextInt(50), Duration.ofSeconds(1)), random);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void settle(Receiver receiver, JobDiary diary, List<Delivery> deliveries, Random random) {
        List<String> names = new ArrayList<>();
        List<Settlement> settlements = new ArrayList<>();
        List<String> acked = new ArrayList<>();
        for (Delivery delivery : deliveries) {
            names.add(CrashTest.nameOf(delivery.payload()));
            Settlement settlement = switch (random.nextInt(20)) {
                case 0 -> new Settlement.DeadLetter(delivery, "unlucky");
                case 1 -> new Settlement.Release(delivery, Duration.ZERO, Settlement.Cause.FAILED);
                case 2 -> {
                    Duration delay = Duration.ofMillis(random.nextInt(MOST_DELAY_MILLIS));
                    yield new Settlement.Release(delivery, delay, Settlement.Cause.NOT_TRIED);
                }
                default -> new Settlement.Ack(delivery);
            };
            settlements.add(settlement);
            if (settlement instanceof Settlement.Ack) {
                acked.add(names.getLast());
            }
        }
        diary.handled(names);
        diary.settling(acked);
        List<Settled> answers = receiver.settle(settlements);
        List<String> settled = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) == Settled.CONFIRMED && settlements.get(i) instanceof Settlement.Ack) {
                settled.add(names.get(i));
            }
        }
        diary.settled(settled);
    }
}
