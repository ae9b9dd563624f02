// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.checker.Checker;
import dev.millrace.checker.JobDiary;
import dev.millrace.checker.Verdict;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.testkit.ManualTime;
import dev.millrace.testkit.toy.FullToyBroker;
import dev.millrace.testkit.toy.ToyStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker on a broker that keeps its word, and on brokers that do not. */
class CheckerBitesTest {
    private static final int JOBS = 100;
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final ManualTime time = new ManualTime();
    private final Broker toy = new FullToyBroker(new ToyStore(time, Set.of()));

    @TempDir
    private Path folder;

    private Verdict verdict(Broker broker) throws InterruptedException {
        Path file = folder.resolve("diary");
        try (JobDiary diary = new JobDiary(file)) {
            for (int i = 0; i < JOBS; i++) {
                List<String> name = List.of("job-" + i);
                diary.sending(name);
                if (broker.send(List.of(Job.of("q", Payload.text(name.getFirst()))))
                                .getFirst()
                        instanceof EnqueueResult.Stored) {
                    diary.accepted(name);
                }
            }
            work(broker, diary);
        }
        time.advance(LEASE);
        Checker checker = new Checker();
        checker.read(file);
        try (Receiver receiver = toy.receiver(Subscription.to("q", JOBS * 2, LEASE))) {
            return checker.verdict(receiver.receive(JOBS * 2, Duration.ZERO).stream()
                    .map(delivery -> delivery.payload().text())
                    .toList());
        }
    }

    /** Handles half of the jobs. */
    private static void work(Broker broker, JobDiary diary) throws InterruptedException {
        try (Receiver receiver = broker.receiver(Subscription.to("q", JOBS, LEASE))) {
            for (Delivery delivery : receiver.receive(JOBS / 2, Duration.ZERO)) {
                List<String> name = List.of(delivery.payload().text());
                diary.handled(name);
                diary.settling(name);
                receiver.settle(List.of(new Settlement.Ack(delivery)));
                diary.settled(name);
            }
        }
    }

    @Test
    void brokerThatKeepsItsWordIsClean() throws InterruptedException {
        Verdict verdict = verdict(toy);
        assertThat(verdict.isClean()).isTrue();
        assertThat(verdict.counts()).isEqualTo(new Verdict.Counts(JOBS, JOBS / 2, 0, 0));
    }

    @Test
    void brokerThatLosesIsFoundOut() throws InterruptedException {
        Verdict verdict = verdict(new BrokenBroker(toy, BrokenBroker.Lie.LOSES));
        assertThat(verdict.lost()).hasSize(JOBS / 10).contains("job-9");
        assertThat(verdict.isClean()).isFalse();
    }

    @Test
    void brokerThatDoublesIsFoundOut() throws InterruptedException {
        Verdict verdict = verdict(new BrokenBroker(toy, BrokenBroker.Lie.DOUBLES));
        assertThat(verdict.twice()).isNotEmpty();
        assertThat(verdict.isClean()).isFalse();
    }

    @Test
    void brokerThatResurrectsIsFoundOut() throws InterruptedException {
        Verdict verdict = verdict(new BrokenBroker(toy, BrokenBroker.Lie.RESURRECTS));
        assertThat(verdict.resurrected()).hasSize(JOBS / 2 / 10);
        assertThat(verdict.isClean()).isFalse();
    }

    @Test
    void brokerThatInventsIsFoundOut() throws InterruptedException {
        Verdict verdict = verdict(new BrokenBroker(toy, BrokenBroker.Lie.INVENTS));
        assertThat(verdict.unexpected()).hasSize(JOBS / 10).allMatch(name -> name.startsWith("invented"));
        assertThat(verdict.isClean()).isFalse();
    }
}
