// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Folder;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Spread;
import dev.millrace.benchmarks.served.Served;
import dev.millrace.benchmarks.served.Served.Safety;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From the start of {@code millrace serve} to its first PONG, with the class archive that ./millrace makes. */
final class ServerStart implements Figure {
    private static final double PROMISED_SECONDS = 0.5;

    @Override
    public String name() {
        return "server-start";
    }

    @Override
    public String what() {
        return "from the start of the server's process to its first answer, with a class archive; seconds";
    }

    @Override
    public void run(Bench bench) throws Exception {
        List<Double> seconds = new ArrayList<>();
        boolean cache = Runtime.version().feature() >= 25;
        try (Folder folder = bench.folder("archive")) {
            Path archive = folder.path().resolve("server.archive");
            start(bench, (cache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive);
            for (int round = 0; round < bench.options().rounds(); round++) {
                seconds.add(start(bench, (cache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive));
            }
        }
        Spread spread = Spread.of(seconds);
        bench.report()
                .line(Line.of("s to the first PONG, file: broker", spread.fine())
                        .atMost(spread.median(), PROMISED_SECONDS, " s"));
    }

    private static double start(Bench bench, String archive) throws Exception {
        try (Served server = Served.millrace(bench.folder("start"), Safety.ALWAYS, List.of(archive))) {
            return server.startNanos() / 1e9;
        }
    }
}
