// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.table;

import dev.millrace.benchmarks.measure.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** BullMQ with the versions of its lock file, installed beside the stores when it is first measured. */
final class BullMq {
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "turns.js");

    private BullMq() {}

    /** How to start it; nothing where there is no npm, which is said. */
    static Optional<List<String>> command(Bench bench) throws IOException, InterruptedException {
        Path source = Path.of(System.getProperty("millrace.benchmarks.drivers", "drivers"), "bullmq");
        Path home = Files.createDirectories(bench.options().folder().resolve("bullmq"));
        for (String file : FILES) {
            Files.write(home.resolve(file), Files.readAllBytes(source.resolve(file)));
        }
        try {
            int code = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("npm.log").toFile())
                    .start()
                    .waitFor();
            if (code == 0) {
                return Optional.of(List.of("node", home.resolve("turns.js").toString()));
            }
            bench.report().note("BullMQ stays out: npm ended with %d, see %s", code, home.resolve("npm.log"));
        } catch (IOException e) {
            bench.report().note("BullMQ stays out: %s", e);
        }
        return Optional.empty();
    }
}
