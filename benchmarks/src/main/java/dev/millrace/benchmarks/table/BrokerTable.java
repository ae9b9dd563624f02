// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.table;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/*
 * On each server all take turns, A B A B, so that what disturbs the machine for a while disturbs all of them. One round does not
 * count; a row has the medians of the others. Jobs that were lost or came again are summed over all rounds.
 */
/** All brokers in one table, and beside each what a user would pick instead. */
public final class BrokerTable implements Figure {
    @Override
    public String name() {
        return "brokers";
    }

    @Override
    public String what() {
        return "all brokers in one table beside what a user would pick instead: jobs/s enqueued and worked off, and from enqueue to"
                + " start";
    }

    @Override
    public void run(Bench bench) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (Callable<Place> starting : new Places(bench).all()) {
            try (Place place = starting.call()) {
                rows.addAll(rows(bench, place));
            }
        }
        bench.report().table(Row.HEAD, rows.stream().map(Row::markdown).toList());
    }

    private static List<Row> rows(Bench bench, Place place) throws Exception {
        List<Measured> all = new ArrayList<>();
        try {
            for (Entry entry : place.entries()) {
                all.add(new Measured(entry, entry.start().call(), bench));
            }
            for (int round = 0; round <= bench.options().rounds(); round++) {
                for (Measured one : all) {
                    one.take(round > 0);
                }
            }
            return all.stream().map(one -> one.row(place.name())).toList();
        } finally {
            all.forEach(Measured::close);
        }
    }
}
