// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql;

import dev.millrace.sql.database.Dialect;
import dev.millrace.sql.database.TableName;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/*
 * A table of the layout of 2018 must not pass: on the Vitess of today it stops the schema of its whole tablet from being read
 * again. What only Vitess needs is advice on other databases: moving there is then a matter of another URL.
 */
/** Compares a table with what a message table must be. */
final class TableCheck {
    private static final String COMMENT = "vitess_message,vt_ack_wait=30,vt_purge_after=86400,vt_batch_size=10,"
            + "vt_cache_size=10000,vt_poller_interval=1";
    private static final List<String> OPTIONS =
            List.of("vt_ack_wait", "vt_purge_after", "vt_batch_size", "vt_cache_size", "vt_poller_interval");
    private static final List<String> POLLER = List.of("time_acked", "priority", "time_next");
    private static final Pattern STREAMED = Pattern.compile("vt_message_cols=([^,]*)");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");

    private final TableName table;
    private final List<TableName> payload;
    private final Connection connection;
    private final List<String> problems = new ArrayList<>();
    private final List<String> advice = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();

    TableCheck(TableName table, List<TableName> payload, Connection connection) {
        this.table = table;
        this.payload = payload;
        this.connection = connection;
    }

    /** What the database says of a column. */
    private record Column(boolean nullable, Optional<String> byDefault) {}

    TableReport report() throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        boolean mysql = Dialect.of(connection) == Dialect.MYSQL;
        Map<String, Column> columns = columns(database);
        if (columns.isEmpty()) {
            problems.add("there is no such table");
        } else if (columns.containsKey("time_scheduled") && !columns.containsKey("priority")) {
            old(columns);
        } else {
            columns(columns, mysql);
            indexes(indexes(database));
            comment(comment(database), mysql);
        }
        return new TableReport(table.value(), problems, advice, statements);
    }

    private void old(Map<String, Column> columns) {
        problems.add(
                "it has the layout of 2018 (time_scheduled and no priority), which Vitess has not understood since version 6,"
                        + " and which stops it from reading its schema again");
        statements.add("ALTER TABLE " + table + " ADD COLUMN priority SMALLINT NOT NULL DEFAULT 50");
        statements.add(
                "UPDATE " + table + " SET time_next = time_scheduled WHERE time_acked IS NULL AND time_next IS NULL");
        statements.add("ALTER TABLE " + table + " ALTER COLUMN time_next SET DEFAULT 0");
        statements.add("ALTER TABLE " + table + " ALTER COLUMN epoch SET DEFAULT 0");
        statements.add("ALTER TABLE " + table + " DROP PRIMARY KEY, ADD PRIMARY KEY (id)");
        statements.add("ALTER TABLE " + table + " DROP COLUMN time_scheduled");
        if (columns.containsKey("time_created")) {
            statements.add("ALTER TABLE " + table + " DROP COLUMN time_created");
        }
        index();
    }

    private void index() {
        statements.add("CREATE INDEX " + table + "_poller ON " + table + " (time_acked, priority, time_next)");
    }

    private void columns(Map<String, Column> columns, boolean mysql) {
        needs(columns, "id", "BIGINT NOT NULL", null);
        needs(columns, "priority", "SMALLINT NOT NULL DEFAULT 50", "50");
        needs(columns, "epoch", "BIGINT NOT NULL DEFAULT 0", "0");
        needs(columns, "time_next", "BIGINT DEFAULT 0", "0");
        needs(columns, "time_acked", "BIGINT DEFAULT NULL", null);
        Column acked = columns.get("time_acked");
        if (acked != null && !acked.nullable()) {
            problems.add("time_acked must take NULL, which says that a message is not done");
        }
        Column priority = columns.get("priority");
        if (priority != null && priority.nullable()) {
            problems.add("priority must not take NULL, of which no message is taken");
            statements.add("UPDATE " + table + " SET priority = 50 WHERE priority IS NULL");
            statements.add("ALTER TABLE " + table
                    + (mysql
                            ? " MODIFY priority SMALLINT NOT NULL DEFAULT 50"
                            : " ALTER COLUMN priority SET NOT NULL"));
        }
        for (TableName each : payload) {
            if (!columns.containsKey(each.value())) {
                problems.add("it has no column " + each + ", which the queue was told to carry");
            }
        }
    }

    private void needs(Map<String, Column> columns, String name, String definition, @Nullable String byDefault) {
        Column column = columns.get(name);
        if (column == null) {
            problems.add("it has no column " + name);
            statements.add("ALTER TABLE " + table + " ADD COLUMN " + name + " " + definition);
        } else if (byDefault != null && column.byDefault().isEmpty()) {
            problems.add("column " + name + " has no default, and a message without a value there would be lost");
            statements.add("ALTER TABLE " + table + " ALTER COLUMN " + name + " SET DEFAULT " + byDefault);
        }
    }

    private Map<String, Column> columns(DatabaseMetaData database) throws SQLException {
        Map<String, Column> columns = new HashMap<>();
        try (ResultSet rows =
                database.getColumns(connection.getCatalog(), connection.getSchema(), table.value(), null)) {
            while (rows.next()) {
                if (!isOurs(rows)) {
                    continue;
                }
                String byDefault = rows.getString("COLUMN_DEF");
                columns.put(
                        rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT),
                        new Column(
                                rows.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls,
                                Optional.ofNullable(byDefault)
                                        .filter(text -> NUMBER.matcher(text.replaceAll("['()]|::.*", ""))
                                                .matches())));
            }
        }
        return columns;
    }

    /** What is asked for are patterns, in which each _ stands for any letter. */
    private boolean isOurs(ResultSet row) throws SQLException {
        String schema = connection.getSchema();
        String found = row.getString("TABLE_SCHEM");
        return table.value().equalsIgnoreCase(row.getString("TABLE_NAME"))
                && (schema == null || found == null || found.equals(schema));
    }

    private Map<String, List<String>> indexes(DatabaseMetaData database) throws SQLException {
        Map<String, Map<Integer, String>> found = new LinkedHashMap<>();
        try (ResultSet rows =
                database.getIndexInfo(connection.getCatalog(), connection.getSchema(), table.value(), false, true)) {
            while (rows.next()) {
                String name = rows.getString("INDEX_NAME");
                String column = rows.getString("COLUMN_NAME");
                if (name != null && column != null) {
                    boolean unique = !rows.getBoolean("NON_UNIQUE");
                    found.computeIfAbsent((unique ? "unique " : "") + name, key -> new TreeMap<>())
                            .put(
                                    rows.getInt("ORDINAL_POSITION"),
                                    column.toLowerCase(Locale.ROOT).replaceAll("\\s.*|\"", ""));
                }
            }
        }
        Map<String, List<String>> indexes = new LinkedHashMap<>();
        found.forEach((name, columns) -> indexes.put(name, List.copyOf(columns.values())));
        return indexes;
    }

    private void indexes(Map<String, List<String>> indexes) {
        boolean unique = indexes.entrySet().stream()
                .anyMatch(index ->
                        index.getKey().startsWith("unique ") && index.getValue().equals(List.of("id")));
        if (!unique) {
            problems.add("its ids are not unique");
            statements.add("ALTER TABLE " + table + " ADD PRIMARY KEY (id)");
        }
        boolean poller = indexes.values().stream()
                .anyMatch(index -> index.size() >= POLLER.size()
                        && index.subList(0, POLLER.size()).equals(POLLER));
        if (!poller) {
            advice.add(
                    "without an index on time_acked, priority, time_next, taking is slow as soon as much waits or is done");
            index();
        }
    }

    private String comment(DatabaseMetaData database) throws SQLException {
        try (ResultSet rows =
                database.getTables(connection.getCatalog(), connection.getSchema(), table.value(), null)) {
            while (rows.next()) {
                String comment = rows.getString("REMARKS");
                if (isOurs(rows)) {
                    return comment == null ? "" : comment;
                }
            }
            return "";
        }
    }

    private void comment(String comment, boolean mysql) {
        List<String> wrong = new ArrayList<>();
        if (!comment.startsWith("vitess_message")) {
            wrong.add("vitess_message at its beginning");
        }
        OPTIONS.stream().filter(option -> !comment.contains(option + "=")).forEach(wrong::add);
        Matcher streamed = STREAMED.matcher(comment);
        if (streamed.find()
                && !streamed.group(1).equals("id")
                && !streamed.group(1).startsWith("id|")) {
            wrong.add("id as the first of vt_message_cols");
        }
        if (!wrong.isEmpty()) {
            advice.add("to be moved to Vitess, its comment needs " + String.join(", ", wrong));
            statements.add(
                    mysql
                            ? "ALTER TABLE " + table + " COMMENT '" + COMMENT + "'"
                            : "COMMENT ON TABLE " + table + " IS '" + COMMENT + "'");
        }
    }
}
