// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Subscription;
import dev.millrace.checker.JobDiary;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.server.MillraceServer;
import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerPartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    /** A broker, and the leases that were asked of it. */
    private record Noting(Broker broker, List<Duration> leases) implements Broker {
        @Override
        public String name() {
            return broker.name();
        }

        @Override
        public Capabilities capabilities() {
            return broker.capabilities();
        }

        @Override
        public List<EnqueueResult> send(List<Job> jobs) {
            return broker.send(jobs);
        }

        @Override
        public Receiver receiver(Subscription wanted) {
            leases.add(wanted.lease());
            return broker.receiver(wanted);
        }

        @Override
        public void close() {
            broker.close();
        }
    }

    @Test
    void theJobsOfAKilledWorkerAreFreeSoonWhereItCannotRenewLeases() throws Exception {
        Part part = new Part(Role.WORKER, 1, "chaos", folder, 1);
        CountDownLatch stop = new CountDownLatch(1);
        try (Broker store = Brokers.open("mem:");
                MillraceServer server =
                        MillraceServer.on(store).listen("127.0.0.1", 0).start();
                Broker okq = Brokers.open(
                        "okq://127.0.0.1:" + server.address().orElseThrow().getPort());
                JobDiary diary = new JobDiary(part.diary())) {
            Noting broker = new Noting(okq, new CopyOnWriteArrayList<>());
            Thread worker = Thread.ofVirtual().start(() -> run(new WorkerPart(part, diary), broker, stop));
            broker.send(List.of(Job.of(part.queue(), Payload.text("one"))));
            WaitFor.until("the job was handled", PATIENCE, () -> hasHandled(part));
            stop.countDown();
            worker.join(PATIENCE);
            assertThat(broker.leases).isNotEmpty().containsOnly(WorkerPart.LEASE);
        }
    }

    private static boolean hasHandled(Part part) {
        try {
            return Files.readString(part.diary()).contains("!one");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(WorkerPart part, Broker broker, CountDownLatch stop) {
        try {
            part.run(broker, stop, false);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts it", e);
        }
    }
}
