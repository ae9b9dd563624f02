// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyTest {
    @Test
    void percentilesAreValuesThatWereMeasured() {
        assertThat(Latency.of(LongStream.rangeClosed(1, 200).map(n -> 201 - n).toArray()))
                .isEqualTo(new Latency(100, 198));
        assertThat(Latency.of(7)).isEqualTo(new Latency(7, 7));
        assertThat(new Latency(310_000, 2_000_000)).hasToString("0.31 ms / 2.00 ms");
    }

    @Test
    void anIdleWorkerStartsEachJob() throws Exception {
        try (Broker broker = Brokers.open("mem:")) {
            Latency latency = IdleLatency.measure(broker, "idle", 20);
            assertThat(latency.p50()).isPositive();
            assertThat(latency.p99()).isGreaterThanOrEqualTo(latency.p50());
        }
    }
}
