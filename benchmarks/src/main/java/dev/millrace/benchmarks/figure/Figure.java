// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.table.BrokerTable;
import java.util.List;

/** Something that Millrace promises, and how to measure it. */
public interface Figure {
    /** What to call it on the command line. */
    String name();

    /** What it measures. */
    String what();

    /** Measures it beside its yardstick, and reports. */
    void run(Bench bench) throws Exception;

    /** All of them. */
    static List<Figure> all() {
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
