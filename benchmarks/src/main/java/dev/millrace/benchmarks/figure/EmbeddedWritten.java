// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Spread;
import java.util.ArrayList;
import java.util.List;

/** How many bytes are written for a job and its acknowledgement. */
final class EmbeddedWritten implements Figure {
    private static final int BYTES = 64;
    private static final double PROMISED = 160;

    @Override
    public String name() {
        return "embedded-written";
    }

    @Override
    public String what() {
        return "sync=always, 64-byte jobs, 16 threads enqueue 32 and acknowledge 32; bytes written a job and its"
                + " acknowledgement, handed to write() by the process and written by the device";
    }

    @Override
    public void run(Bench bench) throws Exception {
        List<Double> calls = new ArrayList<>();
        List<Double> device = new ArrayList<>();
        for (int round = 0; round < bench.options().rounds(); round++) {
            try (Inside inside = new Inside(bench, List.of("-Xmx512m"), BYTES)) {
                int millis = (int) bench.options().time().toMillis();
                Inside.Said said = inside.run("churn", inside.url("always"), millis);
                calls.add(said.get("written"));
                device.add(said.get("device"));
                bench.report()
                        .note(
                                "%.1f bytes by write(), %.1f by the device; %,.0f jobs/s",
                                calls.getLast(), device.getLast(), said.get("rate"));
            }
        }
        bench.report()
                .line(Line.of(
                                "bytes by write() a job and its ack, 16 threads × 32, 64 B, synced",
                                Spread.of(calls).fine())
                        .beside("bytes by the device", Spread.of(device).fine())
                        .atMost(Spread.of(calls).median(), PROMISED, ""));
    }
}
