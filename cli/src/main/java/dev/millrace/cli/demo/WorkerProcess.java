// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import dev.millrace.cli.exec.ThisProgram;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A worker in a process of its own: the same Java, the same classes. It ends by itself when its standard input does, so it
 * cannot outlive this process.
 */
final class WorkerProcess implements DemoWorker {
    /** The verb that people do not see. */
    static final String VERB = "demo-worker";

    /** The broker's URL travels in the environment: arguments can be seen by everybody on the machine. */
    static final String BROKER_VARIABLE = "MILLRACE_DEMO_BROKER";

    private static final long LOOK_MILLIS = 20;
    private static final int LAST_WORDS = 500;

    private final Process process;
    private final Path log;

    private WorkerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static WorkerProcess start(DemoWork work, String brokerUrl) throws IOException {
        List<String> command = ThisProgram.command(
                List.of(VERB, work.queue(), work.folder().path().toString(), Integer.toString(work.number())));
        File log = work.folder().log(work.number()).toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        builder.environment().put(BROKER_VARIABLE, brokerUrl);
        return new WorkerProcess(builder.start(), log.toPath());
    }

    @Override
    public boolean awaitEnd() throws InterruptedException {
        return process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void finish() throws IOException {
        process.getOutputStream().close();
    }

    /** SIGKILL: the process gets no chance to do or say anything. */
    @Override
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public Optional<String> complaint() throws IOException {
        if (process.exitValue() == 0) {
            return Optional.empty();
        }
        String words = Files.readString(log).strip();
        String last = words.substring(Math.max(0, words.length() - LAST_WORDS));
        return Optional.of(
                "worker process " + process.pid() + " ended with exit code " + process.exitValue() + ": " + last);
    }

    @Override
    public Optional<Long> pid() {
        return Optional.of(process.pid());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
