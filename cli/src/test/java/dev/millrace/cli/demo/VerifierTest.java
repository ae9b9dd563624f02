// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.cli.terminal.Streams;
import dev.millrace.job.Job;
import dev.millrace.job.JobType;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.producer.Producer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The proof must fail when it should. Of 20 jobs, 10 fails for ever, 1 and 11 fail once. */
class VerifierTest {
    private static final int JOBS = 20;
    private static final String WHY = "job 10 " + DemoHandler.FOR_EVER;

    private final Broker broker = Brokers.open("mem:");
    private final Input input = Input.synthetic(JOBS);
    private final Ledger ledger = new Ledger(JOBS);
    private final JobType<DemoJob> type = JobType.of("demo.digest", "q", DemoJob.CODEC);
    private final Verifier verifier = new Verifier(input, ledger, new QueueName("q"));

    @AfterEach
    void close() {
        broker.close();
    }

    private void line(ResultLine.Kind kind, int number, Optional<Digest> digest) {
        ledger.add(new ResultLine(kind, number, 1, digest));
    }

    private void done(int number) throws IOException {
        line(ResultLine.Kind.START, number, Optional.empty());
        line(ResultLine.Kind.DONE, number, Optional.of(Digest.of(input.content(number))));
    }

    /** Everything as it should be, but for one job that is left to the test. */
    private void allBut(int spared) throws IOException {
        for (int number = 0; number < JOBS; number++) {
            Fate fate = Fate.of(number, JOBS);
            if (number != spared && fate != Fate.FAILS_ALWAYS) {
                if (fate == Fate.FAILS_ONCE) {
                    line(ResultLine.Kind.START, number, Optional.empty());
                    line(ResultLine.Kind.FAIL, number, Optional.empty());
                }
                done(number);
            }
        }
    }

    private void bury(Job job, String reason) throws InterruptedException {
        Producer.to(broker).enqueue(job);
        try (Receiver receiver = broker.receiver(Subscription.to("q", 1, Duration.ofMinutes(1)))) {
            Delivery delivery = receiver.receive(1, Duration.ofSeconds(10)).getFirst();
            receiver.settle(List.of(new Settlement.DeadLetter(delivery, reason)));
        }
    }

    private DemoReport.Counts verify() throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return verifier.run(broker, Streams.of(InputStream.nullInputStream(), nowhere, nowhere));
    }

    @Test
    void allIsWell() throws Exception {
        allBut(-1);
        bury(type.job(input.job(10)), WHY);
        assertThat(verify()).isEqualTo(new DemoReport.Counts(JOBS, 19, 2, 1, 0, 0));
        assertThat(verifier.differences()).isEmpty();
    }

    @Test
    void aLostJobIsFound() throws Exception {
        allBut(3);
        bury(type.job(input.job(10)), WHY);
        assertThat(verify().lost()).isEqualTo(1);
        assertThat(verifier.differences())
                .containsExactly("job 3 is lost: it has no result and is not in the dead letters");
    }

    @Test
    void aLostDeadLetterIsFound() throws Exception {
        allBut(-1);
        assertThat(verify().lost()).isEqualTo(1);
        assertThat(verifier.differences()).hasSize(1).first().asString().startsWith("job 10 is lost");
    }

    @Test
    void aWrongResultIsFound() throws Exception {
        allBut(3);
        bury(type.job(input.job(10)), WHY);
        line(ResultLine.Kind.DONE, 3, Optional.of(Digest.of(input.content(4))));
        verify();
        assertThat(verifier.differences()).hasSize(1).first().asString().contains("job 3 has another result");
    }

    @Test
    void twoDifferentResultsOfOneJobAreFound() throws Exception {
        allBut(-1);
        bury(type.job(input.job(10)), WHY);
        line(ResultLine.Kind.DONE, 3, Optional.of(Digest.of(input.content(4))));
        line(ResultLine.Kind.DONE, 3, Optional.of(Digest.of(input.content(3))));
        verify();
        assertThat(verifier.differences()).hasSize(1).first().asString().contains("job 3 has another result");
    }

    @Test
    void aJobThatShouldHaveFailedAndDidNotIsFound() throws Exception {
        allBut(11);
        done(11);
        bury(type.job(input.job(10)), WHY);
        verify();
        assertThat(verifier.differences()).containsExactly("job 11 was to fail the first time and did not");
    }

    @Test
    void deadLettersThatShouldNotBeThereAreFound() throws Exception {
        allBut(-1);
        bury(type.job(input.job(10)), WHY);
        bury(type.job(input.job(10)), WHY);
        bury(type.job(input.job(5)), WHY);
        bury(Job.of("q", Payload.text("something else")), WHY);
        verify();
        assertThat(verifier.differences())
                .satisfiesExactlyInAnyOrder(
                        twice -> assertThat(twice).contains("is of a job that nobody enqueued, or there twice"),
                        other -> assertThat(other).contains("this is no job of the demonstration"),
                        both -> assertThat(both).isEqualTo("job 5 (SUCCEEDS) is done and in the dead letters"));
    }

    @Test
    void aDeadLetterWithoutItsReasonIsFound() throws Exception {
        allBut(-1);
        bury(type.job(input.job(10)), "whatever");
        verify();
        assertThat(verifier.differences()).hasSize(1).first().asString().endsWith("has the reason \"whatever\"");
    }

    @Test
    void jobsThatAreLeftAreFoundAndSoAreResultsOfJobsThatNeverWere() throws Exception {
        allBut(-1);
        bury(type.job(input.job(10)), WHY);
        Producer.to(broker).enqueue(type.job(input.job(0)));
        line(ResultLine.Kind.DONE, JOBS, Optional.empty());
        verify();
        assertThat(verifier.differences())
                .containsExactly("1 jobs are left in queue q", "1 results are of jobs that nobody enqueued");
    }

    @Test
    void manyDifferencesAreCounted() throws Exception {
        verify();
        assertThat(verifier.differences()).hasSize(20);
        Verifier more = new Verifier(Input.synthetic(50), new Ledger(50), new QueueName("q"));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        assertThat(more.run(broker, Streams.of(InputStream.nullInputStream(), nowhere, nowhere))
                        .lost())
                .isEqualTo(50);
        assertThat(more.differences()).hasSize(21).last().isEqualTo("and 30 more");
    }
}
