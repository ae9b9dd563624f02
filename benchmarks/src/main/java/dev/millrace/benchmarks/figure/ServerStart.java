// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
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
        try (Folder folder = bench.folder("archive")) {
            Path archive = folder.path().resolve("server.jsa");
            start(bench, List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
            for (int round = 0; round < bench.options().rounds(); round++) {
                seconds.add(start(bench, List.of("-XX:SharedArchiveFile=" + archive, "-XX:TieredStopAtLevel=4")));
            }
        }
        Spread spread = Spread.of(seconds);
        bench.report()
                .line(Line.of("s to the first PONG, file: broker", spread.fine())
                        .atMost(spread.median(), PROMISED_SECONDS, " s"));
    }

    private static double start(Bench bench, List<String> flags) throws Exception {
        List<String> all = new ArrayList<>(List.of("-XX:+UseParallelGC", "-Xshare:auto"));
        all.addAll(flags);
        try (Served server = Served.millrace(bench.folder("start"), Safety.ALWAYS, all)) {
            return server.startNanos() / 1e9;
        }
    }
}
