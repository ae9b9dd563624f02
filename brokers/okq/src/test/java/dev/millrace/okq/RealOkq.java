// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import dev.millrace.testkit.servers.Daemon;
import dev.millrace.testkit.servers.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real okq as a process, on a redis-server of its own. */
record RealOkq(RedisServer redis, Daemon okq) implements OkqServer {
    static RealOkq start(Path binary) {
        RedisServer redis = RedisServer.start();
        try {
            Path folder = Files.createTempDirectory("millrace-okq");
            return new RealOkq(redis, new Daemon(binary.toString(), folder, port -> command(binary, port, redis)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path binary, int port, RedisServer redis) {
        return List.of(binary.toString(), "--listen-addr", "127.0.0.1:" + port, "--redis-addr", redis.address());
    }

    @Override
    public String address() {
        return "127.0.0.1:" + okq.port();
    }

    @Override
    public boolean knowsRedo() {
        try (OkqClient client = OkqClient.connect(address())) {
            return client.supportsRedo();
        }
    }

    @Override
    public void close() {
        okq.close();
        redis.close();
    }
}
