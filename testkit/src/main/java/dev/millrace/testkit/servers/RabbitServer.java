// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * It gets a session of its own: the Erlang machine looks for a terminal, and one that finds it is stopped when it belongs to a
 * job in the background. The script that is started only waits for the Erlang machine below it, so it is that one which is ended. All nodes on a
 * machine share one small program that knows their ports, epmd; the first one starts it, and it stays.
 */
/**
 * A {@code rabbitmq-server} of one node on a free port of the loopback, with user guest and no plugins. It takes some seconds to
 * start. Not thread-safe.
 */
public final class RabbitServer implements AutoCloseable {
    private static final int ATTEMPTS = 3;
    private static final Duration START = Duration.ofSeconds(90);
    private static final String HOME = "/usr/lib/rabbitmq/bin/";

    private final Path folder = ServerProcess.folder("millrace-rabbit");
    private final String node = "millrace-" + UUID.randomUUID().toString().substring(0, 8) + "@localhost";
    private int port;
    private final @Nullable Certificate certificate;
    private int distribution;
    private Process process;

    private RabbitServer(@Nullable Certificate certificate) {
        this.certificate = certificate;
        this.port = ServerProcess.freePort();
        this.distribution = ServerProcess.freePort();
        this.process = begin();
    }

    /**
     * Starts a server and waits until it listens.
     *
     * @return the server
     */
    public static RabbitServer start() {
        return new RabbitServer(null);
    }

    /**
     * Starts a server that speaks TLS and nothing else.
     *
     * @param certificate what it shows
     * @return the server
     */
    public static RabbitServer start(Certificate certificate) {
        return new RabbitServer(certificate);
    }

    private Process begin() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            configure();
            Process started = ServerProcess.start(folder, List.of("setsid", HOME + "rabbitmq-server"), environment());
            if (WaitFor.within(START, () -> ServerProcess.listens(port) || !started.isAlive()) && started.isAlive()) {
                return started;
            }
            end(started, true);
            port = ServerProcess.freePort();
            distribution = ServerProcess.freePort();
        }
        throw new IllegalStateException("rabbitmq-server does not start; its logs are in " + folder);
    }

    private void configure() {
        try {
            Files.writeString(
                    folder.resolve("rabbitmq.conf"),
                    listener() + "disk_free_limit.absolute = 10MB\nlog.file.level = warning\n");
            Files.writeString(folder.resolve("plugins"), "[].\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String listener() {
        Certificate shown = certificate;
        return shown == null
                ? "listeners.tcp.1 = 127.0.0.1:" + port + "\n"
                : "listeners.tcp = none\nlisteners.ssl.1 = 127.0.0.1:" + port
                        + "\nssl_options.cacertfile = " + shown.chain()
                        + "\nssl_options.certfile = " + shown.chain()
                        + "\nssl_options.keyfile = " + shown.key()
                        + "\nssl_options.verify = verify_none\nssl_options.fail_if_no_peer_cert = false\n";
    }

    private Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("HOME", folder.toString()),
                Map.entry("RABBITMQ_NODENAME", node),
                Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString()),
                Map.entry("RABBITMQ_LOG_BASE", folder.resolve("logs").toString()),
                Map.entry("RABBITMQ_PID_FILE", folder.resolve("pid").toString()),
                Map.entry("RABBITMQ_CONF_ENV_FILE", folder.resolve("none").toString()),
                Map.entry("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq").toString()),
                Map.entry(
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                        folder.resolve("plugins").toString()),
                Map.entry("RABBITMQ_DIST_PORT", "" + distribution),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"));
    }

    /**
     * Runs {@code rabbitmqctl} against it, which takes a second or two.
     *
     * @param words what to do, such as {@code stop_app}
     * @return what it printed
     */
    public String control(String... words) {
        List<String> command = new ArrayList<>(List.of(HOME + "rabbitmqctl", "-q", "-n", node));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment());
        try {
            Process running = builder.start();
            String printed = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = running.waitFor();
            if (code != 0) {
                throw new IllegalStateException(command + " ended with " + code + ": " + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /**
     * Where it listens.
     *
     * @return a port of the loopback
     */
    public int port() {
        return port;
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
     * Whether somebody can connect to it.
     *
     * @return false after {@link #kill} and {@link #stop}
     */
    public boolean listens() {
        return ServerProcess.listens(port);
    }

    /**
     * Ends it as {@code kill -9} does. Before that it writes down which quorum queues there are: until RabbitMQ 4 it does so by
     * itself half a second after the last of them was declared, and whoever is killed sooner forgets them and their messages
     * (Ra, pull request 443). What is tested here is not that.
     */
    public void kill() {
        control("eval", "[dets:sync(T) || T <- dets:all()].");
        end(process, true);
    }

    /** Ends it in good order. */
    public void stop() {
        end(process, false);
    }

    private static void end(Process script, boolean killed) {
        List<ProcessHandle> all = Stream.concat(script.descendants(), Stream.of(script.toHandle()))
                .toList();
        List<ProcessHandle> machines = all.stream()
                .filter(each -> each.info().command().orElse("").contains("beam"))
                .toList();
        if (killed || machines.isEmpty()) {
            all.forEach(ProcessHandle::destroyForcibly);
        } else {
            machines.forEach(ProcessHandle::destroy);
        }
        if (!WaitFor.within(START, () -> all.stream().noneMatch(ProcessHandle::isAlive))) {
            throw new IllegalStateException("rabbitmq-server does not end");
        }
    }

    /** Stops it for as long as {@link #resume} is not called: connections stay, and nothing answers. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets it go on. */
    public void resume() {
        signal("-CONT");
    }

    private void signal(String name) {
        process.descendants()
                .filter(each -> each.info().command().orElse("").contains("beam"))
                .forEach(each -> {
                    try {
                        new ProcessBuilder("kill", name, "" + each.pid())
                                .start()
                                .waitFor();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /** Starts it anew on its port and its data, after {@link #kill} or {@link #stop}. */
    public void restart() {
        int before = port;
        process = begin();
        if (port != before) {
            throw new IllegalStateException("port " + before + " of a server was taken by somebody else");
        }
    }

    @Override
    public void close() {
        resume();
        end(process, true);
        ServerProcess.delete(folder);
    }
}
