// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.exec;

import dev.millrace.cli.terminal.Streams;
import dev.millrace.job.Payload;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One run of a command for one job. Used by the thread of the job. */
final class RunningCommand implements AutoCloseable {
    /** A pipe takes this much even where a system is short of memory for pipes. */
    private static final int FITS_IN_A_PIPE = 4096;

    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    private final Process process;
    private final Tail tail = new Tail();
    private final List<Pump> pumps = new ArrayList<>();
    private final Consumer<RunningCommand> ended;

    RunningCommand(Process process, Streams streams, Consumer<RunningCommand> ended) {
        this.process = process;
        this.ended = ended;
        pumps.add(Pump.start(process.getErrorStream(), streams.err(), tail));
        if (!streams.ofProcess()) {
            pumps.add(Pump.start(process.getInputStream(), streams.out(), new Tail()));
        }
    }

    Process process() {
        return process;
    }

    /** Gives the body to its standard input. A command that does not read all of it is none the worse. */
    void feed(Payload body) {
        if (body.size() <= FITS_IN_A_PIPE) {
            write(body);
        } else {
            Thread.ofPlatform().daemon().name("millrace-feed").start(() -> write(body));
        }
    }

    private void write(Payload body) {
        try (OutputStream input = process.getOutputStream()) {
            input.write(body.bytes());
        } catch (IOException e) {
            // It closed its standard input, or ended: its exit code says whether that is a failure.
        }
    }

    /** Waits for its end; if interrupted, ends it and all its children first. */
    int await() throws InterruptedException {
        try {
            int code = process.onExit().get().exitValue();
            for (Pump pump : pumps) {
                pump.finish(LAST_WORDS);
            }
            return code;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of process " + process.pid() + " cannot be waited for", e);
        } catch (InterruptedException e) {
            kill();
            throw e;
        }
    }

    /** First asks, then forces. */
    private void kill() {
        ProcessGroup all = ProcessGroup.of(List.of(process));
        all.signal(ProcessGroup.TERM);
        try {
            process.onExit().get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | InterruptedException | ExecutionException e) {
            // Not heeded in time: forced below.
        }
        all.signal(ProcessGroup.KILL);
    }

    /** The last line on its standard error, or empty. */
    String lastWords() {
        return tail.lastLine();
    }

    @Override
    public void close() {
        ended.accept(this);
    }
}
