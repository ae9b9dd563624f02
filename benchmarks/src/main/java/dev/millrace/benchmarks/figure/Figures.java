// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.table.BrokerTable;
import java.util.List;

/** Everything that can be measured. */
public final class Figures {
    private Figures() {}

    /** All figures, in the order in which they are measured when none is named. */
    public static List<Figure> all() {
        return List.of(
                new EmbeddedBatch(),
                new EmbeddedSingle(),
                new EmbeddedMany(),
                new EmbeddedNosync(),
                new EmbeddedMemory(),
                new EmbeddedOpen(),
                new EmbeddedWritten(),
                new EmbeddedLarge(),
                new WorkerOverhead(),
                new ServerRates(),
                new ServerRoundTrip(),
                new ServerMemory(),
                new ServerBlocked(),
                new ServerStart(),
                new ClientCycles(),
                new ClientWorker(),
                new ClientBulk(),
                new OkqServer(),
                new RedisWork(),
                new StreamClients(),
                new RedisPeers(),
                new AmqpWork(),
                new AmqpClients(),
                new AmqpPeers(),
                new SqlWork(),
                new SqlEnqueue(),
                new SqlLatency(),
                new SqlWaiting(),
                new SqlPeers(),
                new BrokerTable(),
                new Micro());
    }
}
