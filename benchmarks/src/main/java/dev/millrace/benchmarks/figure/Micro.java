// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Line;
import java.util.Locale;
import java.util.TreeSet;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Single steps, by JMH. */
final class Micro implements Figure {
    @Override
    public String name() {
        return "micro";
    }

    @Override
    public String what() {
        return "single steps that explain the figures, by JMH; nanoseconds";
    }

    @Override
    public void run(Bench bench) throws Exception {
        TimeValue time = TimeValue.milliseconds(bench.options().time().toMillis());
        OptionsBuilder options = new OptionsBuilder();
        options.include("dev\\.millrace\\.benchmarks\\.micro\\..*")
                .forks(1)
                .jvmArgsAppend(flags())
                .warmupIterations(bench.options().rounds())
                .warmupTime(time)
                .measurementIterations(bench.options().rounds())
                .measurementTime(time)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        for (RunResult result : new Runner(options.build()).run()) {
            bench.report().line(Line.of(name(result), reached(result)));
        }
    }

    private static String[] flags() {
        String heap = "-Xmx2g";
        return Runtime.version().feature() < 24
                ? new String[] {heap}
                : new String[] {heap, "--sun-misc-unsafe-memory-access=allow"};
    }

    private static String name(RunResult result) {
        StringBuilder name = new StringBuilder();
        String[] words = result.getParams().getBenchmark().split("\\.", -1);
        name.append("ns, ").append(words[words.length - 2]).append('.').append(words[words.length - 1]);
        for (String parameter : new TreeSet<>(result.getParams().getParamsKeys())) {
            name.append(", ")
                    .append(parameter)
                    .append(' ')
                    .append(result.getParams().getParam(parameter));
        }
        return name.toString();
    }

    private static String reached(RunResult result) {
        return String.format(
                Locale.ROOT,
                "%,.0f (%,.0f to %,.0f)",
                result.getPrimaryResult().getStatistics().getPercentile(50),
                result.getPrimaryResult().getStatistics().getMin(),
                result.getPrimaryResult().getStatistics().getMax());
    }
}
