// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.broker.Broker;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.testkit.ManualTime;
import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.Timing;
import dev.millrace.testkit.servers.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts {@code redis:} through the contract, against a real Redis that syncs each command. One server serves all tests, each of
 * which has keys of its own.
 */
final class RedisHarness implements BrokerHarness {
    private static @Nullable RedisServer shared;

    private final ManualTime time = new ManualTime();
    private final String prefix = "t-" + UUID.randomUUID();
    private final List<Broker> abandoned = new ArrayList<>();

    private static synchronized RedisServer server() {
        RedisServer running = shared;
        if (running == null) {
            RedisServer started = RedisServer.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            shared = started;
            return started;
        }
        return running;
    }

    @Override
    public String name() {
        return "redis:";
    }

    @Override
    public Broker open() {
        return builder().clock(time).open();
    }

    @Override
    public Broker openOnSystemTime() {
        return builder().open();
    }

    private RedisBrokerBuilder builder() {
        return RedisBroker.builder().at(RedisOptions.server(server().address())).prefix(prefix);
    }

    @Override
    public Timing timing() {
        return Timing.exact();
    }

    @Override
    public void pass(Duration length) {
        time.advance(length);
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public Broker reopen(Broker broker) {
        broker.close();
        server().stop();
        server().restart();
        return open();
    }

    @Override
    public Broker crash(Broker broker) {
        abandoned.add(broker);
        server().kill();
        server().restart();
        return open();
    }

    @Override
    public OptionalInt largestPayload() {
        return OptionalInt.empty();
    }

    /** How often each command was called, but for those that ask for this. */
    @Override
    public Object trace(Broker broker) {
        return Stream.of(server().ask("INFO commandstats").split("\r\n", -1))
                .filter(line -> line.startsWith("cmdstat_"))
                .filter(line -> !line.startsWith("cmdstat_info") && !line.startsWith("cmdstat_quit"))
                .map(line -> line.substring(0, line.indexOf(',')))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        abandoned.forEach(Broker::close);
    }
}
