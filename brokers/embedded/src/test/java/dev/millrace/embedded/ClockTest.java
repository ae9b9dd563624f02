// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static dev.millrace.embedded.Jobs.ack;
import static dev.millrace.embedded.Jobs.job;
import static dev.millrace.embedded.Jobs.receiver;
import static dev.millrace.embedded.Jobs.stored;
import static dev.millrace.embedded.Jobs.take;
import static dev.millrace.embedded.Jobs.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Receiver;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when a clock jumps; a running broker on the machine's own clock does not even see it. */
class ClockTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final HandClock clock = new HandClock();

    @TempDir
    private Path folder;

    private EmbeddedBroker open() {
        return EmbeddedBroker.builder().directory(folder).clock(clock).open();
    }

    @Test
    void jumpAheadEndsLeasesAndDelaysAndLosesNothing() {
        try (EmbeddedBroker broker = open()) {
            Receiver receiver = receiver(broker);
            stored(broker, job("leased"));
            assertThat(take(receiver)).hasSize(1);
            stored(broker, job("delayed").after(Duration.ofMinutes(30)));
            clock.jump(HOUR);
            assertThat(texts(take(receiver))).containsExactlyInAnyOrder("leased", "delayed");
        }
    }

    @Test
    void jumpBackStopsTimeUntilItHasCaughtUpAndLosesNothing() {
        try (EmbeddedBroker broker = open()) {
            Receiver receiver = receiver(broker);
            stored(broker, job("delayed").after(Duration.ofMinutes(1)));
            clock.jump(HOUR.negated());
            stored(broker, job("now"));
            assertThat(texts(take(receiver))).containsExactly("now");
            clock.jump(HOUR.plusMinutes(1));
            assertThat(texts(take(receiver))).contains("delayed");
        }
    }

    @Test
    void clockSetBackWhileTheBrokerWasClosedMakesNothingWaitTwice() {
        try (EmbeddedBroker broker = open()) {
            stored(broker, job("delayed").after(Duration.ofMinutes(1)));
        }
        clock.jump(HOUR.negated());
        try (EmbeddedBroker broker = open()) {
            Receiver receiver = receiver(broker);
            assertThat(take(receiver)).isEmpty();
            clock.jump(Duration.ofMinutes(1));
            assertThat(texts(take(receiver))).containsExactly("delayed");
        }
    }

    @Test
    void clockSetAheadWhileTheBrokerWasClosedMakesThingsDue() {
        try (EmbeddedBroker broker = open()) {
            stored(broker, job("delayed").after(Duration.ofMinutes(30)));
            stored(broker, job("expiring").expiringAfter(Duration.ofMinutes(30)));
        }
        clock.jump(HOUR);
        try (EmbeddedBroker broker = open()) {
            Receiver receiver = receiver(broker);
            assertThat(texts(take(receiver))).containsExactly("delayed");
            clock.jump(Duration.ofSeconds(1));
            stored(broker, job("next"));
            ack(receiver, take(receiver));
        }
    }
}
