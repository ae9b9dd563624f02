// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.cli.terminal.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Runs commands in this process, on one broker. */
final class Cli {
    private final Map<String, String> environment;

    private Cli(Map<String, String> environment) {
        this.environment = environment;
    }

    /** What a command left. */
    record Result(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    /** Commands on the embedded broker in a folder. */
    static Cli in(Path folder) {
        return new Cli(Map.of(Root.BROKER_VARIABLE, "file:" + folder.resolve("jobs")));
    }

    /** Commands that are told nothing by their environment. */
    static Cli bare() {
        return new Cli(Map.of());
    }

    Result run(String... args) {
        return runOn(InputStream.nullInputStream(), args);
    }

    Result runWith(String input, String... args) {
        return runOn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), args);
    }

    Result runOn(InputStream input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Streams streams = Streams.of(input, print(out), print(err));
        int code = Main.run(new Session(streams, environment, InstantSource.system()), args);
        return new Result(code, text(out), text(err));
    }

    /** The output of a command that is to succeed. */
    String ok(String... args) {
        Result result = run(args);
        if (result.code() != ExitCode.DONE) {
            throw new AssertionError(String.join(" ", args) + " ended with " + result);
        }
        return result.out();
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
