// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import dev.millrace.testkit.WaitFor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;

/** A server of one process, which is begun on a port that is free, and after its end on that port again. Not thread-safe. */
public final class Daemon {
    private static final int ATTEMPTS = 5;
    /** A database that was killed has a log to go through, on a machine that is busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final IntFunction<List<String>> command;
    private final String notStarting;
    private int port = ServerProcess.freePort();
    private Process process;

    /**
     * Starts it and waits until it listens.
     *
     * @param folder where its log is
     * @param command what to run for a port
     * @param notStarting what to say if it does not start
     * @throws IllegalStateException if it does not start, on any of a few ports
     */
    public Daemon(Path folder, IntFunction<List<String>> command, String notStarting) {
        this.folder = folder;
        this.command = command;
        this.notStarting = notStarting;
        this.process = begin(true);
    }

    /** A port that is taken makes it end; then another one is tried, or the same again, which a client had for a moment. */
    private Process begin(boolean anyPort) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Process started = ServerProcess.start(folder, command.apply(port));
            if (WaitFor.within(PATIENCE, () -> ServerProcess.listens(port) || !started.isAlive())
                    && started.isAlive()) {
                return started;
            }
            ServerProcess.kill(started);
            if (anyPort) {
                port = ServerProcess.freePort();
            }
        }
        throw new IllegalStateException(notStarting + "; it was last tried on port " + port);
    }

    /**
     * Where it listens.
     *
     * @return a port of the loopback
     */
    public int port() {
        return port;
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        ServerProcess.kill(process);
    }

    /** Ends it in good order. */
    public void stop() {
        process.destroy();
        WaitFor.until("a server has stopped", () -> !process.isAlive());
    }

    /** Starts it anew on its port, after {@link #kill} or {@link #stop}. */
    public void restart() {
        process = begin(false);
    }
}
