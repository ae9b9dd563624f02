// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess.broker;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerUrl;
import dev.millrace.broker.MigratingBrokerFactory;
import dev.millrace.sql.broker.SqlBroker;
import dev.millrace.sql.broker.SqlBrokerBuilder;
import dev.millrace.vitess.VitessAddress;
import dev.millrace.vitess.VitessDataSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Opens {@code vitess://[user:password@]host[:15991]/keyspace[:shard]}: vtgate's gRPC port, and a keyspace of one shard or one shard of
 * several. The broker is the {@link SqlBroker}, which takes from its table by asking for what is ready; nobody is to stream from it.
 *
 * <p>The options {@code tls} and {@code timeout} are those of {@link VitessAddress}; those that begin with {@code millrace.} are the
 * broker's, as {@link SqlBrokerBuilder#options} reads them.
 */
public final class VitessBrokerFactory implements MigratingBrokerFactory {
    private static final Set<String> OF_ADDRESS = Set.of("tls", "timeout");

    /** For the service loader. */
    public VitessBrokerFactory() {}

    @Override
    public Set<String> schemes() {
        return Set.of("vitess");
    }

    @Override
    public Broker open(BrokerUrl url) {
        return builder(url).open();
    }

    @Override
    public List<String> missingSteps(BrokerUrl url) {
        return builder(url).missingSteps();
    }

    @Override
    public List<String> migrate(BrokerUrl url) {
        return builder(url).migrate();
    }

    private static SqlBrokerBuilder builder(BrokerUrl url) {
        SqlBrokerBuilder builder = SqlBroker.builder();
        Map<String, String> rest = new TreeMap<>(builder.options(url));
        Map<String, String> ofAddress = new TreeMap<>(rest);
        ofAddress.keySet().retainAll(OF_ADDRESS);
        rest.keySet().removeAll(OF_ADDRESS);
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("broker URL \"" + url + "\" has the unknown option "
                    + rest.keySet().iterator().next()
                    + "; known are tls, timeout, and those that begin with millrace.");
        }
        StringBuilder text = new StringBuilder(url.scheme() + ":" + url.rest());
        char before = '?';
        for (Map.Entry<String, String> option : ofAddress.entrySet()) {
            text.append(before).append(option.getKey()).append('=').append(option.getValue());
            before = '&';
        }
        VitessAddress address = VitessAddress.of(text.toString());
        return builder.pooling(() -> VitessDataSource.at(address), address.toString());
    }
}
