// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Feature;
import dev.millrace.testkit.WaitFor;
import dev.millrace.worker.Event;
import dev.millrace.worker.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/* A job that is put off for hours: by the clock of the test where the broker has one, so that the hours pass. */
abstract class SnoozingChapter extends WorkerChapter {
    private static final Duration HOURS = Duration.ofHours(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration MOMENT = Duration.ofMillis(300);

    private final List<Integer> attempts = new CopyOnWriteArrayList<>();

    SnoozingChapter(WorkerContract contract) {
        super(contract);
    }

    @Override
    Broker open() {
        return harness.open();
    }

    /** Whether its hours pass at once; elsewhere all that can be seen is that nothing comes early. */
    private boolean hasClockOfTheTest() {
        return harness.timing().patience().isZero();
    }

    private boolean comesWithin(Duration time) {
        return WaitFor.within(time, () -> attempts.size() > 1);
    }

    @Test
    void jobThatIsSnoozedForHoursComesThenAndHoldsNobodyUpMeanwhile() {
        if (!has(Feature.DELAYED_RETRY)) {
            return;
        }
        start(worker().queue(queueName, 1).decide(queueName, (payload, job) -> {
            if (payload.text().equals("later")) {
                attempts.add(job.attempt());
            }
            return payload.text().equals("later") && attempts.size() == 1 ? Outcome.snooze(HOURS) : Outcome.done();
        }));
        enqueue("later");
        events.await(Event.Concluded.class);
        enqueue("now");
        awaitAcks(1);
        assertThat(comesWithin(MOMENT)).isFalse();
        if (hasClockOfTheTest()) {
            harness.pass(HOURS.minus(MINUTE));
            assertThat(comesWithin(MOMENT)).as("a minute early").isFalse();
            harness.pass(MINUTE.plusSeconds(1));
            WaitFor.until("the job comes again", () -> attempts.size() == 2);
            awaitAcks(2);
            if (broker.capabilities().attempts() == AttemptCount.EXACT) {
                assertThat(attempts).containsExactly(1, 1);
            }
        }
    }
}
