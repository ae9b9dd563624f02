// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.measure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How to measure.
 *
 * @param figures which ones; none is all
 * @param folder where stores are kept meanwhile
 * @param rounds how often each contestant has its turn
 * @param time how long a turn takes
 * @param scale the share of the full number of jobs, where a figure has one
 * @param markdown whether to print rows for RESULTS.md at the end
 */
public record Options(List<String> figures, Path folder, int rounds, Duration time, double scale, boolean markdown) {
    /** What can be said. */
    public static final String USAGE = """
            usage: benchmarks/run [FIGURE…] [options]

              --dir DIR       where stores are kept meanwhile (default: the module's target folder)
              --rounds N      how often each contestant has its turn (default 5)
              --seconds S     how long a turn takes (default 3)
              --scale SHARE   of the full number of jobs where a figure has one, 0.001 to 1 (default 1)
              --trial         small sizes, to see that it runs: --rounds 2 --seconds 0.5 --scale 0.01
              --markdown      prints rows for RESULTS.md at the end
              --picture       alone: draws docs/brokers.svg from the table in RESULTS.md

            figures (none given: all):
            """;

    /** Reads the command line. */
    public static Options parse(String[] arguments, Path defaultFolder) {
        List<String> figures = new ArrayList<>();
        Path folder = defaultFolder;
        int rounds = 5;
        double seconds = 3;
        double scale = 1;
        boolean markdown = false;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--dir" -> folder = Path.of(value(arguments, ++i));
                case "--rounds" -> rounds = Integer.parseInt(value(arguments, ++i));
                case "--seconds" -> seconds = Double.parseDouble(value(arguments, ++i));
                case "--scale" -> scale = Double.parseDouble(value(arguments, ++i));
                case "--trial" -> {
                    rounds = 2;
                    seconds = 0.5;
                    scale = 0.01;
                }
                case "--markdown" -> markdown = true;
                default -> figures.add(figure(arguments[i]));
            }
        }
        if (rounds < 1 || seconds <= 0 || scale < 0.001 || scale > 1) {
            throw new IllegalArgumentException("--rounds takes 1 or more, --seconds more than 0, --scale 0.001 to 1");
        }
        return new Options(figures, folder, rounds, Duration.ofNanos((long) (seconds * 1e9)), scale, markdown);
    }

    private static String value(String[] arguments, int at) {
        if (at == arguments.length) {
            throw new IllegalArgumentException(arguments[at - 1] + " needs a value");
        }
        return arguments[at];
    }

    private static String figure(String argument) {
        if (argument.startsWith("-")) {
            throw new IllegalArgumentException("unknown option " + argument);
        }
        return argument;
    }

    /** A number of jobs, scaled; at least 1,000. */
    public int jobs(int full) {
        return (int) Math.max(1000, full * scale);
    }
}
