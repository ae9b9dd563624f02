// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.testkit.servers.RedisCluster;
import dev.millrace.testkit.servers.RedisServer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Real servers that serve all tests of a run, each of which has keys of its own; they end with the process.
 *
 * @param options where they are
 * @param servers all of them
 * @param ready waits until they serve after a restart
 */
record Place(RedisOptions options, List<RedisServer> servers, Runnable ready) {
    static final Shared ONE = new Shared(Place::one);
    static final Shared CLUSTER = new Shared(Place::cluster);

    /** A place that is made when it is asked for. */
    static final class Shared {
        private final Supplier<Place> maker;
        private @Nullable Place made;

        private Shared(Supplier<Place> maker) {
            this.maker = maker;
        }

        synchronized Place get() {
            Place known = made;
            if (known == null) {
                known = maker.get();
                made = known;
            }
            return known;
        }
    }

    private static Place one() {
        RedisServer server = RedisServer.start();
        atTheEnd(server::close);
        return new Place(RedisOptions.server(server.address()), List.of(server), () -> {});
    }

    private static Place cluster() {
        RedisCluster cluster = RedisCluster.start(0);
        atTheEnd(cluster::close);
        return new Place(RedisOptions.cluster(cluster.addresses()), cluster.servers(), cluster::awaitHealth);
    }

    private static void atTheEnd(Runnable closing) {
        Runtime.getRuntime().addShutdownHook(new Thread(closing));
    }

    /** Ends all servers in some way, and begins them again on their data. */
    void restart(Consumer<RedisServer> ending) {
        servers.forEach(ending);
        begin();
    }

    /** Begins all servers again on their data. */
    void begin() {
        servers.forEach(RedisServer::restart);
        ready.run();
    }
}
