// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import dev.millrace.testkit.WaitFor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code redis-server} on a free port of the loopback, which writes down and syncs each command before it answers. Not
 * thread-safe.
 */
public final class RedisServer implements AutoCloseable {
    private final Daemon daemon;

    private RedisServer(List<String> options) {
        Path folder = ServerProcess.folder("millrace-redis");
        this.daemon = new Daemon("redis-server", folder, port -> command(folder, port, options), RedisServer::answers);
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param options as on its command line, such as {@code --cluster-enabled yes}
     * @return the server
     */
    public static RedisServer start(String... options) {
        return new RedisServer(List.of(options));
    }

    private static List<String> command(Path folder, int port, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                "redis-server",
                "--port",
                "" + port,
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                "always"));
        command.addAll(options);
        return command;
    }

    private static boolean answers(int port) {
        return ServerProcess.listens(port) && ask(port, "PING").startsWith("+PONG");
    }

    /**
     * Sends an inline command on a connection of its own.
     *
     * @param command words without line breaks
     * @return the reply as it came, with what it begins with; empty if there was none
     */
    public String ask(String command) {
        return ask(port(), command);
    }

    static String ask(int port, String command) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) WaitFor.DEADLINE.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream reply = new ByteArrayOutputStream();
            in.transferTo(reply);
            return reply.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Where it listens.
     *
     * @return a port of the loopback
     */
    public int port() {
        return daemon.port();
    }

    /**
     * Where it listens.
     *
     * @return {@code 127.0.0.1:port}
     */
    public String address() {
        return "127.0.0.1:" + port();
    }

    /**
     * Whether its process runs.
     *
     * @return false after {@link #kill} and {@link #stop}
     */
    public boolean isRunning() {
        return daemon.isRunning();
    }

    Path folder() {
        return daemon.folder();
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        daemon.kill();
    }

    /** Ends it in good order. */
    public void stop() {
        daemon.stop();
    }

    /** Stops it for as long as {@link #resume} is not called: connections stay, and nothing answers. */
    public void freeze() {
        daemon.signal("-STOP");
    }

    /** Lets it go on. */
    public void resume() {
        daemon.signal("-CONT");
    }

    /** Starts it anew on its port and its data, after {@link #kill} or {@link #stop}. */
    public void restart() {
        daemon.restart();
    }

    @Override
    public void close() {
        daemon.close();
    }
}
