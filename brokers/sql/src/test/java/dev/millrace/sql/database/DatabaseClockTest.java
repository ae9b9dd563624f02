// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.sql.TestDatabase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class DatabaseClockTest {
    private static final String QUESTION = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)";

    @Test
    void machineThatSleptAsksTheDatabaseHowLateItIs() throws Exception {
        AtomicLong slept = new AtomicLong();
        DatabaseClock clock = new DatabaseClock(
                new Database(TestDatabase.source(TestDatabase.postgres()), false),
                QUESTION,
                InstantSource.system(),
                () -> NanoClock.SYSTEM.getAsLong() - slept.get());
        slept.set(Duration.ofHours(1).toNanos());
        assertThat(clock.ahead()).isLessThan(Duration.ofMinutes(-50));
        clock.compareNowAndThen();
        assertThat(clock.ahead()).isBetween(Duration.ofSeconds(-5), Duration.ofSeconds(5));
    }
}
