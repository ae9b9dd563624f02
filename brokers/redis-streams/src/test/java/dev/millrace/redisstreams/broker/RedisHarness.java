// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.broker.Broker;
import dev.millrace.testkit.conformance.ManualTimeHarness;
import dev.millrace.testkit.conformance.ServerControl;
import dev.millrace.testkit.servers.RedisServer;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts {@code redis:} through the contract, against a real Redis, or a cluster, that syncs each command. */
final class RedisHarness extends ManualTimeHarness {
    private final String prefix = "t-" + UUID.randomUUID();
    private final Place place;

    RedisHarness(Place place) {
        this.place = place;
    }

    @Override
    public String name() {
        return "redis:";
    }

    @Override
    public Broker open() {
        return builder().clock(time()).open();
    }

    @Override
    public Broker openOnSystemTime() {
        return builder().open();
    }

    private RedisBrokerBuilder builder() {
        return RedisBroker.builder().at(place.options()).prefix(prefix);
    }

    @Override
    protected void restartServer() {
        place.restart(RedisServer::stop);
    }

    @Override
    protected void crashServer() {
        place.restart(RedisServer::kill);
    }

    @Override
    public Optional<ServerControl> server() {
        return Optional.of(new ServerControl(() -> place.servers().forEach(RedisServer::kill), place::begin));
    }

    /** How often each command was called, but for those that ask for this. */
    @Override
    public Object trace(Broker broker) {
        return place.servers().stream()
                .flatMap(server -> Stream.of(server.ask("INFO commandstats").split("\r\n", -1)))
                .filter(line -> line.startsWith("cmdstat_"))
                .filter(line -> !line.startsWith("cmdstat_info"))
                .map(line -> line.substring(0, line.indexOf(',')))
                .collect(Collectors.joining("\n"));
    }
}
