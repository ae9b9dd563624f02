// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.figure;

import dev.millrace.benchmarks.served.ServedSql;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** The databases that figures about SQL are taken on, each as it is installed: every commit is synced. */
final class SqlDatabases {
    private static final AtomicInteger TABLES = new AtomicInteger();

    private SqlDatabases() {}

    /** How to start each of them, by its name. */
    static Map<String, Callable<ServedSql>> all() {
        return new TreeMap<>(Map.of("MariaDB", ServedSql::mariadb, "PostgreSQL", ServedSql::postgres));
    }

    /** A name for a table that nobody used before. */
    static String freshTable() {
        return "bench_" + TABLES.incrementAndGet();
    }

    static Broker broker(ServedSql server, String table) {
        return Brokers.open(server.url() + "&millrace.table=" + table);
    }
}
