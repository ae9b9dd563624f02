// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real okq as a process, on a redis-server of its own that keeps nothing. */
record RealOkq(Process redis, Process okq, int port) implements OkqServer {
    private static final int ATTEMPTS = 5;

    static RealOkq start(Path binary) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            RealOkq started = attempt(binary);
            if (started != null) {
                return started;
            }
        }
        throw new AssertionError(binary + " and redis-server do not start");
    }

    private static @Nullable RealOkq attempt(Path binary) {
        int redisPort = freePort();
        int port = freePort();
        Process redis = run(List.of(
                "redis-server", "--port", "" + redisPort, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
        if (!WaitFor.within(WaitFor.DEADLINE, () -> listens(redisPort) || !redis.isAlive())) {
            redis.destroyForcibly();
            return null;
        }
        Process okq = run(List.of(
                binary.toString(), "--listen-addr", "127.0.0.1:" + port, "--redis-addr", "127.0.0.1:" + redisPort));
        RealOkq started = new RealOkq(redis, okq, port);
        if (WaitFor.within(WaitFor.DEADLINE, () -> listens(port) || !okq.isAlive()) && okq.isAlive()) {
            return started;
        }
        started.close();
        return null;
    }

    private static Process run(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public boolean knowsRedo() {
        try (OkqClient client = OkqClient.connect(address())) {
            return client.supportsRedo();
        }
    }

    @Override
    public void close() {
        okq.destroyForcibly();
        redis.destroyForcibly();
        WaitFor.until("okq and its redis are gone", () -> !okq.isAlive() && !redis.isAlive());
    }
}
