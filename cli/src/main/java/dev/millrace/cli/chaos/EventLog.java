// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.chaos;

import dev.millrace.cli.watch.Stopwatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.function.Consumer;

/** What was done and what went wrong, with the time since the beginning: in the evidence, and said. Not thread-safe. */
final class EventLog {
    private final Stopwatch watch = Stopwatch.start();
    private final Path file;
    private final Consumer<String> say;

    EventLog(Path evidence, Consumer<String> say) {
        this.file = evidence.resolve("events");
        this.say = say;
    }

    void add(String event) throws IOException {
        String line = String.format(Locale.ROOT, "%7.2f s  %s", watch.seconds(), event);
        Files.writeString(
                file, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        say.accept(line.strip());
    }
}
