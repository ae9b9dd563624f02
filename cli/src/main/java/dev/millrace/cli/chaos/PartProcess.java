// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.chaos;

import dev.millrace.cli.exec.ThisProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of the crew. It ends by itself when its standard input does, so it cannot outlive this process. */
final class PartProcess implements AutoCloseable {
    /** The verb that people do not see. */
    static final String VERB = "chaos-part";

    /** The broker's URL travels in the environment: arguments can be seen by everybody on the machine. */
    static final String BROKER_VARIABLE = "MILLRACE_CHAOS_BROKER";

    private static final int LAST_WORDS = 500;

    private final Part part;
    private final Process process;

    private PartProcess(Part part, Process process) {
        this.part = part;
        this.process = process;
    }

    static PartProcess start(Part part, String url) throws IOException {
        List<String> command = ThisProgram.command(List.of(
                VERB,
                part.role().word(),
                "" + part.number(),
                part.queue(),
                part.evidence().toString(),
                "" + part.rate()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(part.log().toFile());
        builder.environment().put(BROKER_VARIABLE, url);
        return new PartProcess(part, builder.start());
    }

    Part part() {
        return part;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL: the process gets no chance to do or say anything. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end what it is doing, and to end. */
    void ask() throws IOException {
        process.getOutputStream().close();
    }

    boolean awaitEnd(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** How it ended, with its last words. */
    String end() throws IOException {
        String words = Files.readString(part.log()).strip();
        return part.name() + " ended by itself with exit code " + process.exitValue() + ": "
                + words.substring(Math.max(0, words.length() - LAST_WORDS));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
