// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.millrace.broker.QueueStatus;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.producer.Producer;
import dev.millrace.producer.TransactionalProducer;
import dev.millrace.sql.TestDatabase;
import dev.millrace.testkit.servers.SqlServer;
import java.sql.Connection;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Jobs are there if a transaction of Spring's commits, as docs/sql.md shows. */
@Tag("slow")
class SpringTransactionTest {
    private final String table = "s_" + UUID.randomUUID().toString().replace('-', '_');

    static Stream<SqlServer> servers() {
        return Stream.of(TestDatabase.maria(), TestDatabase.mysql(), TestDatabase.postgres());
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("servers")
    void jobIsThereIfTheTransactionCommits(SqlServer server) {
        DataSource pool = TestDatabase.source(server);
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
        JdbcTemplate shop = new JdbcTemplate(pool);
        try (SqlBroker broker =
                SqlBroker.builder().at(pool, "shop").table(table).open()) {
            TransactionalProducer<Connection> producer = Producer.to(broker);
            Job job = Job.of("ship", Payload.text("42"));
            assertThatIllegalStateException()
                    .isThrownBy(() -> transactions.executeWithoutResult(status -> {
                        shop.execute((Connection connection) -> producer.enqueue(connection, job));
                        throw new IllegalStateException("no order");
                    }));
            assertThat(broker.queues()).isEmpty();
            transactions.executeWithoutResult(
                    status -> shop.execute((Connection connection) -> producer.enqueue(connection, job)));
            assertThat(broker.queues())
                    .singleElement()
                    .extracting(QueueStatus::ready)
                    .isEqualTo(OptionalLong.of(1));
        }
    }
}
