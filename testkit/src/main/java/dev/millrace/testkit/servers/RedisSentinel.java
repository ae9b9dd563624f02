// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A sentinel that watches a master with one replica, and lets that take over within a second or two. Not thread-safe. */
public final class RedisSentinel implements AutoCloseable {
    /** The name of the master. */
    public static final String MASTER = "jobs";

    private final Path folder = ServerProcess.folder("millrace-sentinel");
    private final int port = ServerProcess.freePort();
    private final RedisServer first = RedisServer.start();
    private final RedisServer second =
            RedisServer.start("--replicaof", "127.0.0.1 " + first.port(), "--repl-diskless-sync-delay", "0");
    private final Process process;

    /** A sentinel looks for replicas at once, and then every ten seconds. */
    private RedisSentinel() {
        WaitFor.until("the replica is in step", () -> second.ask("ROLE").contains("connected"));
        try {
            Path file = folder.resolve("sentinel.conf");
            Files.writeString(
                    file, String.format(Locale.ROOT, """
                    port %d
                    bind 127.0.0.1
                    dir %s
                    sentinel monitor %s 127.0.0.1 %d 1
                    sentinel down-after-milliseconds %s 500
                    sentinel failover-timeout %s 3000
                    """, port, folder, MASTER, first.port(), MASTER, MASTER));
            process = ServerProcess.start(folder, List.of("redis-server", file.toString(), "--sentinel"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts all three and waits until the sentinel knows the replica.
     *
     * @return the sentinel
     */
    public static RedisSentinel start() {
        RedisSentinel sentinel = new RedisSentinel();
        try {
            WaitFor.until(
                    "the sentinel knows the replica",
                    () -> RedisServer.ask(sentinel.port, "SENTINEL REPLICAS " + MASTER)
                            .contains("127.0.0.1"));
            return sentinel;
        } catch (AssertionError e) {
            sentinel.close();
            throw e;
        }
    }

    /**
     * Where it listens.
     *
     * @return {@code 127.0.0.1:port}
     */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /**
     * The master of the beginning.
     *
     * @return the server, to be killed
     */
    public RedisServer first() {
        return first;
    }

    @Override
    public void close() {
        ServerProcess.kill(process);
        second.close();
        first.close();
        ServerProcess.delete(folder);
    }
}
