// SPDX-License-Identifier: Apache-2.0
/** Message tables in SQL databases, in the transactions of their users, and the broker {@code jdbc:} on them. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("module") // millrace-vitess is built later.
module dev.millrace.sql {
    requires transitive dev.millrace;
    requires transitive java.sql;
    requires static org.jspecify;
    requires com.zaxxer.hikari;
    requires static org.postgresql.jdbc;

    exports dev.millrace.sql;
    exports dev.millrace.sql.broker;
    exports dev.millrace.sql.database to
            dev.millrace.vitess;

    provides dev.millrace.broker.BrokerFactory with
            dev.millrace.sql.broker.SqlBrokerFactory;
}
