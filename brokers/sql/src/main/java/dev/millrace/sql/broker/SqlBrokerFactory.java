// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.broker;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerUrl;
import dev.millrace.broker.MigratingBrokerFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Opens {@code jdbc:mariadb://host[:port]/database}, {@code jdbc:mysql://…} and {@code jdbc:postgresql://…}.
 *
 * <p>Options that begin with {@code millrace.} are the broker's: {@code millrace.table}, {@code millrace.connections}, {@code
 * millrace.poll} and {@code millrace.history} (lengths of time such as {@code PT0.5S}), {@code millrace.create=false}. All
 * others are told to the driver, such as {@code user} and {@code password}.
 */
public final class SqlBrokerFactory implements MigratingBrokerFactory {
    private static final String OURS = "millrace.";
    private static final Set<String> KNOWN = Set.of("table", "connections", "poll", "history", "create");
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
        List<String> missing = missingSteps(url);
        builder(url).createTables(true).open().close();
        return missing;
    }

    private static SqlBrokerBuilder builder(BrokerUrl url) {
        if (DATABASES.stream().noneMatch(url.rest()::startsWith)) {
            throw new IllegalArgumentException("broker URL \"" + url
                    + "\" names no database that is understood; write it like jdbc:mariadb://host/database,"
                    + " jdbc:mysql://host/database or jdbc:postgresql://host/database");
        }
        SqlBrokerBuilder builder = SqlBroker.builder();
        Properties ofDriver = new Properties();
        for (Map.Entry<String, String> option : url.options().entrySet()) {
            if (option.getKey().startsWith(OURS)) {
                choose(builder, url, option.getKey().substring(OURS.length()), option.getValue());
            } else {
                ofDriver.setProperty(option.getKey(), option.getValue());
            }
        }
        return builder.at(url.scheme() + ":" + url.rest(), ofDriver);
    }

    private static void choose(SqlBrokerBuilder builder, BrokerUrl url, String option, String value) {
        try {
            switch (option) {
                case "table" -> builder.table(value);
                case "connections" -> builder.connections(Integer.parseInt(value));
                case "poll" -> builder.poll(Duration.parse(value));
                case "history" -> builder.history(Duration.parse(value));
                case "create" -> builder.createTables(Boolean.parseBoolean(value));
                default ->
                    throw new IllegalArgumentException(
                            "unknown; known are " + OURS + String.join(", " + OURS, new TreeSet<>(KNOWN)));
            }
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "broker URL \"" + url + "\" has the option " + OURS + option + " \"" + value + "\": "
                            + e.getMessage(),
                    e);
        }
    }
}
