// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes. Text is UTF-8 whatever the locale says. Thread-safe as far as its streams are.
 *
 * @param in what is piped into the command
 * @param out results, for people and programs
 * @param err everything else: errors, notes, progress
 * @param ofProcess whether these are the streams of this process, so that children can inherit them
 * @param terminal whether a terminal shows {@code err}
 */
public record Streams(InputStream in, PrintStream out, PrintStream err, boolean ofProcess, boolean terminal) {
    private static final int BUFFER = 1 << 16;

    /**
     * The streams of this process.
     *
     * @return the streams; {@code out} is buffered and must be flushed
     */
    public static Streams ofThisProcess() {
        return new Streams(
                new FileInputStream(FileDescriptor.in),
                new PrintStream(
                        new java.io.BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER),
                        false,
                        StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                true,
                Terminal.showsStandardError());
    }

    /**
     * Streams for a caller in the same process; no terminal.
     *
     * @param in what the command reads
     * @param out where results go
     * @param err where everything else goes
     * @return the streams
     */
    public static Streams of(InputStream in, PrintStream out, PrintStream err) {
        return new Streams(in, out, err, false, false);
    }

    /**
     * Says something that is no result, on a line of its own also where progress is being drawn.
     *
     * @param line the line
     */
    public void note(String line) {
        err.println((terminal ? Terminal.CLEAR_LINE : "") + "millrace: " + Printable.of(line));
    }
}
