// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Latencies;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.served.Served;
import dev.millrace.benchmarks.served.Served.Safety;
import dev.millrace.benchmarks.served.Wire;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Ten thousand clients that wait in GETJOB for jobs that never come: how late their timeouts are, and what they take. */
final class ServerBlocked implements Figure {
    private static final int CLIENTS = 10_000;
    private static final long TIMEOUT_MILLIS = 5_000;
    private static final double MIB = 1 << 20;
    private static final byte[] GET = Wire.request("GETJOB", "TIMEOUT", "" + TIMEOUT_MILLIS, "FROM", "q");

    @Override
    public String name() {
        return "server-blocked";
    }

    @Override
    public String what() {
        return "10,000 clients blocked in GETJOB on a server with a 256 MiB heap: lateness of their timeouts, resident memory";
    }

    @Override
    public void run(Bench bench) throws Exception {
        int clients = bench.options().jobs(CLIENTS);
        try (Served server = Served.millrace(bench.folder("blocked"), Safety.MEMORY, List.of("-Xmx256m"))) {
            Latencies late = new Latencies();
            double resident = run(server, clients, late);
            String what = String.format(Locale.ROOT, "%,d blocked clients", clients);
            double worst = late.micros(1) / 1000;
            bench.report()
                    .line(Line.of(
                                    "ms late, the worst of " + what,
                                    String.format(Locale.ROOT, "%.1f (p50 %.1f)", worst, late.micros(0.5) / 1000))
                            .atMost(worst, 20, " ms"));
            bench.report()
                    .line(Line.of("MiB resident with " + what, String.format(Locale.ROOT, "%.0f", resident))
                            .atMost(resident, 512, " MiB"));
        }
    }

    private static double run(Served server, int clients, Latencies late) throws Exception {
        List<SocketChannel> all = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < clients; i++) {
                SocketChannel client = SocketChannel.open(server.address());
                all.add(client);
                client.configureBlocking(false);
                long sent = System.nanoTime();
                client.write(ByteBuffer.wrap(GET));
                client.register(selector, SelectionKey.OP_READ, sent);
            }
            double resident = server.resident() / MIB;
            ByteBuffer in = ByteBuffer.allocateDirect(64);
            while (late.count() < clients) {
                if (selector.select(2 * TIMEOUT_MILLIS) == 0) {
                    throw new IllegalStateException("only " + late.count() + " clients were answered");
                }
                long now = System.nanoTime();
                for (SelectionKey key : selector.selectedKeys()) {
                    ((SocketChannel) key.channel()).read(in.clear());
                    long lateNanos = now - (long) key.attachment() - TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
                    if (in.get(0) != '*' || lateNanos < -1_000_000) {
                        throw new IllegalStateException("answered " + -lateNanos + " ns too early, or something else");
                    }
                    late.add(Math.max(0, lateNanos));
                    key.cancel();
                }
                selector.selectedKeys().clear();
            }
            return Math.max(resident, server.resident() / MIB);
        } finally {
            for (SocketChannel client : all) {
                client.close();
            }
        }
    }
}
