// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks;

import dev.millrace.benchmarks.figure.Figures;
import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.measure.Figure;
import dev.millrace.benchmarks.measure.Machine;
import dev.millrace.benchmarks.measure.Options;
import dev.millrace.benchmarks.measure.Report;
import dev.millrace.benchmarks.table.Picture;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Measures the figures that are named, one after the other. */
public final class Main {
    private static final String PICTURE = "--picture";

    private Main() {}

    /** See {@link Options#USAGE}; the system property {@code millrace.benchmarks.dir} is the default folder. */
    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            usage(System.out);
            return;
        }
        if (List.of(arguments).equals(List.of(PICTURE))) {
            Path root = Path.of(System.getProperty("millrace.benchmarks.root", "."));
            Files.writeString(
                    root.resolve("docs/brokers.svg"),
                    Picture.of(Files.readString(root.resolve("benchmarks/RESULTS.md"))));
            return;
        }
        Options options;
        List<Figure> figures;
        try {
            options = Options.parse(
                    arguments,
                    Path.of(System.getProperty("millrace.benchmarks.dir", System.getProperty("java.io.tmpdir"))));
            figures = named(options.figures());
        } catch (IllegalArgumentException e) {
            System.err.println("benchmarks: " + e.getMessage());
            usage(System.err);
            System.exit(2);
            return;
        }
        Files.createDirectories(options.folder());
        System.out.println(Machine.describe(options.folder()));
        if (Machine.load() >= Machine.BUSY) {
            System.out.println("Others are at work on this machine: the numbers say little.");
        }
        Report report = new Report();
        for (Figure figure : figures) {
            report.begin(figure.name(), figure.what());
            figure.run(new Bench(options, report));
        }
        if (options.markdown()) {
            report.markdown();
        }
    }

    private static void usage(PrintStream out) {
        out.print(Options.USAGE);
        Figures.all().forEach(figure -> out.printf(Locale.ROOT, "  %-16s %s%n", figure.name(), figure.what()));
    }

    private static List<Figure> named(List<String> names) {
        if (names.isEmpty()) {
            return Figures.all();
        }
        return names.stream().map(Main::named).toList();
    }

    private static Figure named(String name) {
        return Figures.all().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown figure " + name));
    }
}
