// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.Map;

/** What a database is, as far as it is asked. Immutable. */
final class JdbcMetaData {
    private static final Map<Method, Method> KNOWN = Facade.known(DatabaseMetaData.class, JdbcMetaData.class);

    private final JdbcConnection connection;
    private final VitessAddress address;

    private JdbcMetaData(JdbcConnection connection, VitessAddress address) {
        this.connection = connection;
        this.address = address;
    }

    static DatabaseMetaData open(JdbcConnection connection, VitessAddress address) {
        return Facade.of(DatabaseMetaData.class, new JdbcMetaData(connection, address), KNOWN);
    }

    /** That whose SQL it speaks, as vtgate calls itself on MySQL's protocol. */
    public String getDatabaseProductName() {
        return "MySQL";
    }

    public String getDriverName() {
        return "Millrace Vitess";
    }

    public String getURL() {
        return address.toString();
    }

    public boolean supportsSavepoints() {
        return true;
    }

    public boolean supportsTransactions() {
        return true;
    }

    public boolean supportsBatchUpdates() {
        return true;
    }

    public boolean supportsGetGeneratedKeys() {
        return false;
    }

    public Connection getConnection() {
        return connection.face();
    }

    @Override
    public String toString() {
        return "MySQL at " + address;
    }
}
