// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.sql.TestDatabase;
import dev.millrace.testkit.ManualTime;
import dev.millrace.testkit.servers.SqlServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clocks are set, and have zones with summers. */
class ClockTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private final String table = "c_" + UUID.randomUUID().toString().replace('-', '_');

    static Stream<SqlServer> servers() {
        return Stream.of(TestDatabase.maria(), TestDatabase.mysql(), TestDatabase.postgres());
    }

    private static Job job(String text) {
        return Job.of("q", Payload.text(text));
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void clockThatWasAnHourAheadAndIsSetBackHoldsUpNothingThatComesLater(SqlServer server) throws Exception {
        ManualTime time = new ManualTime();
        Instant right = time.instant();
        try (SqlBroker broker =
                SqlBroker.builder().at(server.url()).table(table).clock(time).open()) {
            Receiver receiver = broker.receiver(Subscription.to("q", 9, LONG));
            time.advance(Duration.ofHours(1));
            broker.send(List.of(job("one"), job("two")));
            List<Delivery> early = receiver.receive(9, LONG);
            assertThat(receiver.settle(acks(early))).containsExactly(Settled.CONFIRMED, Settled.CONFIRMED);
            time.set(right);
            broker.send(List.of(job("three"), job("four")));
            List<Delivery> taken = receiver.receive(9, Duration.ofSeconds(2));
            assertThat(taken).hasSize(2);
            assertThat(receiver.settle(acks(taken))).containsExactly(Settled.CONFIRMED, Settled.CONFIRMED);
        }
    }

    private static List<Settlement> acks(List<Delivery> taken) {
        return taken.stream().<Settlement>map(Settlement.Ack::new).toList();
    }
}
