// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import io.vitess.proto.Query.BindVariable;
import io.vitess.proto.Query.BoundQuery;
import io.vitess.proto.Query.QueryResult;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Connections of a tablet to its MySQL, which is a MariaDB here; they are looked at before they are lent. Thread-safe. */
final class FakeMysql implements AutoCloseable {
    private static final Pattern BOUND = Pattern.compile(":(v[0-9]+)");

    private final DataSource source;
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

    FakeMysql(DataSource source) {
        this.source = source;
    }

    Connection borrow() throws SQLException {
        for (Connection known = idle.poll(); known != null; known = idle.poll()) {
            if (known.isValid(1)) {
                return known;
            }
            known.close();
        }
        return source.getConnection();
    }

    void giveBack(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        idle.push(connection);
    }

    /** Executes a statement by itself. */
    QueryResult execute(BoundQuery query) throws VitessError {
        try {
            Connection connection = borrow();
            try {
                return execute(connection, query);
            } finally {
                giveBack(connection);
            }
        } catch (SQLException e) {
            throw VitessError.of(e, query);
        }
    }

    static QueryResult execute(Connection connection, BoundQuery query) throws SQLException {
        Matcher bound = BOUND.matcher(query.getSql());
        List<String> names = bound.results().map(each -> each.group(1)).toList();
        String text = names.isEmpty() ? query.getSql() : bound.replaceAll("?");
        try (PreparedStatement executing = connection.prepareStatement(text)) {
            for (int i = 0; i < query.getBindVariablesCount(); i++) {
                String name = names.isEmpty() ? "v" + (i + 1) : names.get(i);
                bind(executing, i + 1, query.getBindVariablesOrThrow(name));
            }
            if (executing.execute()) {
                try (ResultSet rows = executing.getResultSet()) {
                    return Answers.of(rows);
                }
            }
            return QueryResult.newBuilder()
                    .setRowsAffected(executing.getUpdateCount())
                    .build();
        }
    }

    private static void bind(PreparedStatement executing, int place, BindVariable value) throws SQLException {
        String text = value.getValue().toStringUtf8();
        switch (value.getType()) {
            case NULL_TYPE -> executing.setNull(place, Types.NULL);
            case INT64 -> executing.setLong(place, Long.parseLong(text));
            case UINT64, DECIMAL -> executing.setBigDecimal(place, new BigDecimal(text));
            case FLOAT64 -> executing.setDouble(place, Double.parseDouble(text));
            case VARCHAR -> executing.setString(place, text);
            case VARBINARY -> executing.setBytes(place, value.getValue().toByteArray());
            default -> throw new SQLException("type " + value.getType() + " is not one that is sent", "HY000", 1105);
        }
    }

    @Override
    public void close() {
        for (Connection known = idle.poll(); known != null; known = idle.poll()) {
            try {
                known.close();
            } catch (SQLException e) {
                // It is of no more use either way.
            }
        }
    }
}
