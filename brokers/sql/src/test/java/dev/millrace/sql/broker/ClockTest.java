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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clocks are set, and have zones with summers. */
@Tag("slow")
class ClockTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private final String table = "c_" + UUID.randomUUID().toString().replace('-', '_');

    static Stream<SqlServer> servers() {
        return Stream.of(TestDatabase.maria(), TestDatabase.mysql(), TestDatabase.postgres());
    }

    static Stream<SqlServer> serversWhoseZonesAreRows() {
        return Stream.of(TestDatabase.maria(), TestDatabase.mysql());
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
            List<Delivery> taken = receiver.receive(9, LONG);
            assertThat(taken).hasSize(2);
            assertThat(receiver.settle(acks(taken))).containsExactly(Settled.CONFIRMED, Settled.CONFIRMED);
        }
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("serversWhoseZonesAreRows")
    void hourThatComesTwiceInAutumnIsNoHourOff(SqlServer server) throws Exception {
        for (int minutesToItsRepetition : new int[] {-20, 20}) {
            String zone = zone(server, Instant.now().plusSeconds(60L * minutesToItsRepetition));
            String url = server.url() + "&sessionVariables=time_zone='" + zone + "'";
            try (SqlBroker sending = SqlBroker.builder().at(url).table(table).open();
                    SqlBroker receiving =
                            SqlBroker.builder().at(server.url()).table(table).open()) {
                long apart = sending.site().now() - receiving.site().now();
                assertThat(Math.abs(apart)).isLessThan(LONG.toNanos());
            }
        }
    }

    /** A zone whose clocks go back from two hours to one ahead of UTC then. */
    private static String zone(SqlServer server, Instant back) throws SQLException {
        String zone = "Millrace/" + UUID.randomUUID();
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement defining = connection.createStatement()) {
            defining.execute("INSERT INTO mysql.time_zone (Use_leap_seconds) VALUES ('N')");
            long id;
            try (ResultSet row = defining.executeQuery("SELECT MAX(Time_zone_id) FROM mysql.time_zone")) {
                assertThat(row.next()).isTrue();
                id = row.getLong(1);
            }
            defining.execute("INSERT INTO mysql.time_zone_name VALUES ('" + zone + "', " + id + ")");
            defining.execute("INSERT INTO mysql.time_zone_transition_type VALUES (" + id + ", 0, 3600, 0, 'W'), (" + id
                    + ", 1, 7200, 1, 'S')");
            long second = back.getEpochSecond();
            defining.execute("INSERT INTO mysql.time_zone_transition VALUES (" + id + ", " + (second - 15_000_000)
                    + ", 1), (" + id + ", " + second + ", 0)");
        }
        return zone;
    }

    private static List<Settlement> acks(List<Delivery> taken) {
        return taken.stream().<Settlement>map(Settlement.Ack::new).toList();
    }
}
