// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.clients.OurDriver;
import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import dev.millrace.benchmarks.measure.Rounds;

/** Our client beside others, one command a round trip. */
final class ClientCycles implements Figure {
    @Override
    public String name() {
        return "client-cycles";
    }

    @Override
    public String what() {
        return "add, get and acknowledge, one command after the other, 64-byte jobs; beside jedisque and spinach; cycles/s";
    }

    @Override
    public void run(Bench bench) throws Exception {
        run(bench, 1, 1.2);
        run(bench, 16, 1.1);
    }

    private static void run(Bench bench, int threads, double promised) throws Exception {
        try (Field field = Field.start(bench, OurDriver.CYCLES)) {
            Rounds rounds = field.rounds(bench, threads);
            String best = field.best(rounds);
            String what = "cycles/s, " + threads + (threads == 1 ? " thread, on " : " threads, on ") + Field.server();
            for (String other : field.others()) {
                Line line = Line.of(what, rounds.of(Field.OURS).rate())
                        .beside(other, rounds.of(other).rate())
                        .ratio(rounds.ratio(Field.OURS, other));
                bench.report()
                        .line(
                                other.equals(best)
                                        ? line.atLeast(
                                                rounds.ratio(Field.OURS, other).median(), promised, " ×")
                                        : line);
            }
        }
    }
}
