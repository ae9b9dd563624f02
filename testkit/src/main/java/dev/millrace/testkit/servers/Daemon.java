// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import dev.millrace.testkit.WaitFor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/*
 * A port that is free may be taken before the server has it. At the beginning another one is tried then. After that clients know
 * the port, so the same one is tried again: somebody else who has it, such as a client's own end, may leave it in a moment.
 */
/** A server of one process and its children, which is begun on a port that is free, and after its end on that port again. Not thread-safe. */
public final class Daemon implements AutoCloseable {
    private static final int ATTEMPTS = 5;
    /** What was not written when it was killed is read again, which takes its time on a busy machine. */
    private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(60);

    private final String name;
    private final Path folder;
    private final IntFunction<List<String>> command;
    private final IntPredicate isReady;
    private int port = ServerProcess.freePort();
    private Process process;

    /**
     * Starts it and waits until it listens.
     *
     * @param name what to call it when it does not start
     * @param folder where it works and its log is; goes with it
     * @param command what to run for a port of the loopback
     */
    public Daemon(String name, Path folder, IntFunction<List<String>> command) {
        this(name, folder, command, ServerProcess::listens);
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param name what to call it when it does not start
     * @param folder where it works and its log is; goes with it
     * @param command what to run for a port of the loopback
     * @param isReady whether it is ready on that port
     */
    Daemon(String name, Path folder, IntFunction<List<String>> command, IntPredicate isReady) {
        this.name = name;
        this.folder = folder;
        this.command = command;
        this.isReady = isReady;
        this.process = begin();
    }

    private Process begin() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Process started = tried();
            if (started != null) {
                return started;
            }
            port = ServerProcess.freePort();
        }
        throw new IllegalStateException(name + " does not start; its log is in " + folder);
    }

    /** A process that is ready, or null if it ended or was not ready in time. */
    private @Nullable Process tried() {
        Process started = ServerProcess.start(folder, command.apply(port));
        if (WaitFor.within(LONGEST_RECOVERY, () -> isReady.test(port) || !started.isAlive()) && started.isAlive()) {
            return started;
        }
        ServerProcess.killAll(started);
        return null;
    }

    /**
     * Where it listens.
     *
     * @return a port of the loopback, the same as long as it is not closed
     */
    public int port() {
        return port;
    }

    /** Where its files are. */
    Path folder() {
        return folder;
    }

    /** False after its end. */
    boolean isRunning() {
        return process.isAlive();
    }

    void signal(String signal) {
        ServerProcess.signal(process, signal);
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        ServerProcess.killAll(process);
    }

    /** Ends it in good order. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Ends it in good order by a signal of its own. */
    void stop(String signal) {
        signal(signal);
        awaitEnd();
    }

    private void awaitEnd() {
        WaitFor.until(name + " has stopped", () -> !process.isAlive());
    }

    /** Starts it anew on its port and its data, after its end. */
    public void restart() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Process started = tried();
            if (started != null) {
                process = started;
                return;
            }
        }
        throw new IllegalStateException(name + " does not start again on port " + port + "; its log is in " + folder);
    }

    /** Kills it and removes its folder. */
    @Override
    public void close() {
        kill();
        ServerProcess.delete(folder);
    }
}
