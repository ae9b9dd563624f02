// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import dev.millrace.testkit.servers.Daemon;
import dev.millrace.testkit.servers.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real okq as a process, on a Redis of its own that keeps everything; both can be taken away and brought back. */
public final class RealOkq implements OkqServer {
    private final RedisServer redis;
    private final Daemon okq;

    private RealOkq(Path binary) {
        Path folder = folder();
        this.redis = RedisServer.start();
        this.okq = new Daemon(
                binary.toString(),
                folder,
                port -> List.of(
                        binary.toString(), "--listen-addr", "127.0.0.1:" + port, "--redis-addr", redis.address()));
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("millrace-okq");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static RealOkq start(Path binary) {
        return new RealOkq(binary);
    }

    public int port() {
        return okq.port();
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port();
    }

    @Override
    public boolean knowsRedo() {
        try (OkqClient client = OkqClient.connect(address())) {
            return client.supportsRedo();
        }
    }

    /** The version of the Redis behind it; okq itself tells none. */
    public String redisVersion() {
        return info("redis_version");
    }

    /** How often the Redis behind it was told to change what a queue holds; okq writes down its consumers besides. */
    public List<String> written() {
        return redis.ask("INFO commandstats")
                .lines()
                .filter(line -> line.matches("cmdstat_(hset|hsetnx|hdel|lpush|rpush|lrem|rpoplpush):.*"))
                .map(line -> line.substring(0, line.indexOf(',')))
                .toList();
    }

    private String info(String field) {
        return redis.ask("INFO everything")
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .findFirst()
                .orElseThrow()
                .substring(field.length() + 1);
    }

    public void stop() {
        okq.stop();
        redis.stop();
    }

    public void kill() {
        okq.kill();
        redis.kill();
    }

    public void restart() {
        redis.restart();
        okq.restart();
    }

    @Override
    public void close() {
        okq.close();
        redis.close();
    }
}
