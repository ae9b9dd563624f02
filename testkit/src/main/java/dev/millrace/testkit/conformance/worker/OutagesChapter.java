// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.BrokerException;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.conformance.ServerControl;
import dev.millrace.worker.Event;
import dev.millrace.worker.Health;
import dev.millrace.worker.Worker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/* A real server that is killed, stays away and comes back: the worker says so, waits, and goes on by itself; nothing is lost. */
abstract class OutagesChapter extends WorkerChapter {
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration RECOVERY = Duration.ofSeconds(60);
    private static final int JOBS = 100;

    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private final CountDownLatch held = new CountDownLatch(1);

    OutagesChapter(WorkerContract contract) {
        super(contract);
    }

    @Test
    @Tag("slow")
    void serverThatIsAwayForSomeSecondsLosesNothing() {
        harness.server().ifPresent(server -> survives(server, Duration.ofSeconds(2)));
    }

    @Test
    @Tag("long")
    void serverThatIsAwayForAMinuteLosesNothing() {
        harness.server().ifPresent(server -> survives(server, Duration.ofMinutes(1)));
    }

    private void survives(ServerControl server, Duration absence) {
        Worker worker = start(worker().lease(LEASE)
                .timeLimit(RECOVERY.multipliedBy(4))
                .queue(queueName, 4)
                .handle(queueName, (payload, job) -> {
                    if (payload.text().equals("held")) {
                        held.await();
                    }
                    done.add(payload.text());
                }));
        enqueue("held", LEASE);
        send("before");
        WaitFor.until("jobs flow", RECOVERY, () -> done.size() >= JOBS / 2);
        server.kill().run();
        WaitFor.until(
                "the worker says so",
                RECOVERY,
                () -> worker.health().status().compareTo(Health.Status.RECOVERING) >= 0);
        WaitFor.within(absence, () -> false);
        held.countDown();
        assertThat(events.all(Event.BrokerFailed.class))
                .isNotEmpty()
                .allSatisfy(failed -> assertThat(failed.error())
                        .isInstanceOfSatisfying(
                                BrokerException.class,
                                e -> assertThat(e.isPassing()).as(e.toString()).isTrue()));
        server.restart().run();
        WaitFor.until(
                "jobs are received again",
                RECOVERY,
                () -> !events.all(Event.BrokerRecovered.class).isEmpty());
        send("after");
        WaitFor.until("all jobs are done", RECOVERY, () -> done.size() == 2 * JOBS + 1);
        WaitFor.until("it is well", RECOVERY, () -> worker.health().status() == Health.Status.RUNNING);
        assertThat(events.all(Event.Failed.class)).isEmpty();
    }

    /** A producer whose broker has just come back may still find a broken connection: it sends again. */
    private void send(String text) {
        for (int i = 0; i < JOBS; i++) {
            String name = text + " " + i;
            WaitFor.until("a job is accepted", RECOVERY, () -> accepted(name));
        }
    }

    private boolean accepted(String name) {
        try {
            enqueue(name, LEASE);
            return true;
        } catch (BrokerException unknownFate) {
            return false;
        }
    }
}
