// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.clients.OurDriver;
import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;

/** Many jobs added at once. jedisque cannot do that, and go-disque takes Go. */
final class ClientBulk implements Figure {
    @Override
    public String name() {
        return "client-bulk";
    }

    @Override
    public String what() {
        return "a thousand 64-byte jobs added without waiting for each, one thread; beside spinach; jobs/s";
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (Field field = Field.start(bench, OurDriver.BULK)) {
            Rounds rounds = field.rounds(bench, 1);
            for (String other : field.others()) {
                bench.report()
                        .line(Line.of(
                                        "jobs/s, 1,000 at once, on " + Field.server(),
                                        rounds.of(Field.OURS).rate())
                                .beside(other, rounds.of(other).rate())
                                .ratio(rounds.ratio(Field.OURS, other))
                                .atLeast(rounds.ratio(Field.OURS, other).median(), 1, " ×"));
            }
        }
    }
}
