// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerFactory;
import dev.millrace.broker.BrokerUrl;
import dev.millrace.redisstreams.RedisOptions;
import dev.millrace.redisstreams.Replication;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens {@code redis://[user:password@]host:port[,host:port…][/database]}, and with TLS {@code rediss://…}. Several hosts are
 * nodes of a cluster, or with {@code sentinel=master} sentinels.
 *
 * <p>Options: {@code password}, {@code cluster=true} for one address of a cluster, {@code sentinel} (name of the master), {@code
 * group}, {@code prefix}, {@code replicas} (how many must have a job before it counts as stored).
 */
public final class RedisBrokerFactory implements BrokerFactory {
    private static final String TLS = "rediss";

    /** For the service loader. */
    public RedisBrokerFactory() {}

    @Override
    public Set<String> schemes() {
        return Set.of("redis", TLS);
    }

    @Override
    public Broker open(BrokerUrl url) {
        url.allowOnly(Set.of("password", "cluster", "sentinel", "group", "prefix", "replicas"));
        RedisBrokerBuilder builder = RedisBroker.builder().at(options(url));
        String group = url.options().get("group");
        if (group != null) {
            builder.group(group);
        }
        String prefix = url.options().get("prefix");
        if (prefix != null) {
            builder.prefix(prefix);
        }
        if (url.options().containsKey("replicas")) {
            builder.replication(Replication.to(url.number("replicas")));
        }
        return builder.open();
    }

    private static RedisOptions options(BrokerUrl url) {
        String place = url.place();
        int slash = place.indexOf('/');
        String hosts = slash < 0 ? place : place.substring(0, slash);
        String database = slash < 0 ? "" : place.substring(slash + 1);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException(
                    "broker URL \"" + url + "\" names no server; write it like redis://host:6379");
        }
        RedisOptions where = where(url, List.of(hosts.split(",", -1)));
        RedisOptions options = where.withLogin(new RedisOptions.Login(
                given(url.user()), given(url.password()), database.isEmpty() ? 0 : database(url, database)));
        return url.scheme().equals(TLS) ? options.withTls() : options;
    }

    private static RedisOptions where(BrokerUrl url, List<String> hosts) {
        String master = url.options().get("sentinel");
        if (master != null) {
            return RedisOptions.sentinel(master, hosts);
        }
        boolean cluster = url.flag("cluster", false);
        return hosts.size() > 1 || cluster ? RedisOptions.cluster(hosts) : RedisOptions.server(hosts.get(0));
    }

    private static @Nullable String given(String text) {
        return text.isEmpty() ? null : text;
    }

    private static int database(BrokerUrl url, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "broker URL \"" + url + "\" has database \"" + text + "\"; give a number", e);
        }
    }
}
