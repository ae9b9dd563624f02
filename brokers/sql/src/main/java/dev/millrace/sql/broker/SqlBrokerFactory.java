// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerUrl;
import dev.millrace.broker.MigratingBrokerFactory;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * Opens {@code jdbc:mariadb://host[:port]/database}, {@code jdbc:mysql://…} and {@code jdbc:postgresql://…}.
 *
 * <p>Options that begin with {@code millrace.} are the broker's: {@code millrace.table}, {@code millrace.connections}, {@code
 * millrace.poll} and {@code millrace.history} (lengths of time such as {@code PT0.5S}), {@code millrace.create=false}. All
 * others are told to the driver, such as {@code user} and {@code password}.
 */
public final class SqlBrokerFactory implements MigratingBrokerFactory {
    private static final Set<String> DATABASES = Set.of("mariadb:", "mysql:", "postgresql:");

    /** For the service loader. */
    public SqlBrokerFactory() {}

    @Override
    public Set<String> schemes() {
        return Set.of("jdbc");
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
        if (DATABASES.stream().noneMatch(url.rest()::startsWith)) {
            throw new IllegalArgumentException("broker URL \"" + url
                    + "\" names no database that is understood; write it like jdbc:mariadb://host/database,"
                    + " jdbc:mysql://host/database or jdbc:postgresql://host/database");
        }
        SqlBrokerBuilder builder = SqlBroker.builder();
        Properties ofDriver = new Properties();
        ofDriver.putAll(builder.options(url));
        return builder.at(url.scheme() + ":" + url.rest(), ofDriver);
    }
}
