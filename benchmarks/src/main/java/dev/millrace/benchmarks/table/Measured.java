// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.table;

import dev.millrace.benchmarks.clients.Contestant;
import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Spread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What one entry reached so far. Not thread-safe. */
final class Measured implements AutoCloseable {
    private final Entry entry;
    private final Contestant contestant;
    private final Bench bench;
    private final List<Double> single = new ArrayList<>();
    private final List<Double> bulk = new ArrayList<>();
    private final List<Double> work = new ArrayList<>();
    private final List<Double> p50 = new ArrayList<>();
    private final List<Double> p99 = new ArrayList<>();
    private long lost;
    private long duplicated;

    Measured(Entry entry, Contestant contestant, Bench bench) {
        this.entry = entry;
        this.contestant = contestant;
        this.bench = bench;
    }

    /** All deeds once; the first round does not count. */
    void take(boolean counts) throws IOException {
        Entry.Size size = entry.size();
        double one = contestant.rate("single", bench.options().jobs(size.singles()), 1);
        double many = contestant.rate("bulk", bench.options().jobs(size.jobs()), 1);
        List<Double> worked = contestant.turn("work", bench.options().jobs(size.jobs()), size.threads());
        List<Double> latency = contestant.turn("latency", size.samples(), size.threads());
        bench.report()
                .note(
                        "%s%s: single %,.0f, bulk %,.0f, work %,.0f, p50 %,.0f µs, p99 %,.0f µs",
                        counts ? "" : "warm-up, ",
                        entry.name(),
                        one,
                        many,
                        worked.get(0),
                        latency.get(0),
                        latency.get(1));
        lost += worked.get(1).longValue();
        duplicated += worked.get(2).longValue();
        if (counts) {
            single.add(one);
            bulk.add(many);
            work.add(worked.get(0));
            p50.add(latency.get(0) / 1_000);
            p99.add(latency.get(1) / 1_000);
        }
    }

    Row row(String place) {
        return new Row(
                place,
                entry.name(),
                Spread.of(single).median(),
                Spread.of(bulk).median(),
                Spread.of(work).median(),
                Spread.of(p50).median(),
                Spread.of(p99).median(),
                entry.durability(),
                lost,
                duplicated);
    }

    @Override
    public void close() {
        contestant.close();
    }
}
