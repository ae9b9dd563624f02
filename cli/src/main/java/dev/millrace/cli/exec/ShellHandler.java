// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.exec;

import dev.millrace.cli.terminal.Streams;
import dev.millrace.job.Payload;
import dev.millrace.worker.DecidingHandler;
import dev.millrace.worker.JobContext;
import dev.millrace.worker.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Does a job by running a command: exit code 0 is done, anything else a failed attempt. When the thread is interrupted, at
 * the time limit or at the end of a drain, the command and all its children are ended. Thread-safe.
 */
public final class ShellHandler implements DecidingHandler<Payload> {
    /** A process that a signal ended has this and the number of the signal as its exit code. */
    private static final int BY_SIGNAL = 128;

    private static final int INT = 2;
    private static final int TERM = 15;

    private final Shell shell;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean killing = new AtomicBoolean();

    /**
     * A handler.
     *
     * @param command what {@code sh -c} is to run
     * @param streams where its output goes
     */
    public ShellHandler(String command, Streams streams) {
        this(new Shell(command, streams));
    }

    ShellHandler(Shell shell) {
        this.shell = shell;
    }

    /**
     * Says that this process was told to stop: a command that is ended by a signal from now on was stopped with us, so its
     * attempt does not count.
     */
    public void stopping() {
        stopping.set(true);
    }

    /** Ends all commands that run, at once; these attempts do not count either. */
    public void killAll() {
        killing.set(true);
        shell.killAll();
    }

    @Override
    public Outcome handle(Payload body, JobContext job) throws Exception {
        try (RunningCommand command = start(job)) {
            command.feed(body);
            int code = command.await();
            if (code == 0) {
                return Outcome.done();
            }
            if (wasStoppedWithUs(code)) {
                return Outcome.snooze(Duration.ZERO);
            }
            String words = command.lastWords();
            throw new CommandFailedException(describe(code) + (words.isEmpty() ? "" : ": " + words));
        }
    }

    private boolean wasStoppedWithUs(int code) {
        return (stopping.get() && (code == BY_SIGNAL + INT || code == BY_SIGNAL + TERM))
                || (killing.get() && code > BY_SIGNAL);
    }

    private RunningCommand start(JobContext job) throws CommandFailedException {
        try {
            return shell.start(Environment.of(job));
        } catch (IOException e) {
            throw new CommandFailedException("the command could not be started: " + e.getMessage());
        }
    }

    private static String describe(int code) {
        return code > BY_SIGNAL && code <= BY_SIGNAL + 64
                ? "ended by signal " + (code - BY_SIGNAL)
                : "exit code " + code;
    }
}
