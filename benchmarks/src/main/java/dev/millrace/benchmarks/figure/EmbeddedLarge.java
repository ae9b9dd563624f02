// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import java.util.List;
import java.util.Locale;

/** Ten million jobs with a heap that could not hold them, and a folder that shrinks again. */
final class EmbeddedLarge implements Figure {
    private static final int JOBS = 10_000_000;
    private static final int BYTES = 1024;
    private static final double SEGMENT = 16 << 20;
    private static final double MEBI = 1 << 20;

    @Override
    public String name() {
        return "embedded-large";
    }

    @Override
    public String what() {
        return "ten million jobs of 1 KiB with a heap of 512 MiB: enqueued, then worked, then gone from the disk; needs"
                + " 12 GB of disk at full scale";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (Inside inside = new Inside(bench, List.of("-Xmx512m"), BYTES)) {
            Inside.Said said =
                    inside.run("marathon", inside.url("always"), bench.options().jobs(JOBS));
            String what = String.format(Locale.ROOT, "%,.0f jobs of 1 KiB, 512 MiB heap", said.get("jobs"));
            bench.report()
                    .note(
                            "folder %,.0f MiB when full, %.1f MiB when empty, %.1f MiB closed; heap at most %.0f MiB;"
                                    + " resident %.0f MiB when full, %.0f MiB at most",
                            said.get("full") / MEBI,
                            said.get("folder") / MEBI,
                            said.get("folder-closed") / MEBI,
                            said.get("heap") / MEBI,
                            said.get("resident-full") / MEBI,
                            said.get("resident") / MEBI);
            bench.report()
                    .line(Line.of("jobs/s enqueued by 4 threads × 250, " + what, rate(said, "enqueue"))
                            .beside("then worked", rate(said, "work")));
            double segments = said.get("folder") / SEGMENT;
            bench.report()
                    .line(Line.of(
                                    "segments of 16 MiB in the folder after all is acknowledged, " + what,
                                    String.format(Locale.ROOT, "%.2f", segments))
                            .atMost(Math.floor(segments * 100) / 100, 2, ""));
        }
    }

    private static String rate(Inside.Said said, String name) {
        return String.format(Locale.ROOT, "%,.0f", said.get(name));
    }
}
