// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * Values come as text, but for bytes. Of the numbers of Vitess' types, some bits say what they are: whole numbers, numbers with a
 * point, bytes.
 */
/** The rows of an answer, which is here as a whole. For one thread. */
final class JdbcRows {
    private static final Map<Method, Method> KNOWN = Facade.known(ResultSet.class, JdbcRows.class);
    private static final int WHOLE = 1 << 8;
    private static final int FLOATING = 1 << 10;
    private static final int BYTES = 1 << 13;
    private static final int DECIMAL = 18;
    private static final int UINT64 = 778;

    private final QueryResult result;
    private final java.sql.@Nullable Statement statement;
    private final Map<String, Integer> places = new HashMap<>();
    private int row = -1;
    private boolean wasNull;
    private boolean closed;

    private JdbcRows(QueryResult result, java.sql.@Nullable Statement statement) {
        this.result = result;
        this.statement = statement;
        for (int i = 0; i < result.columns().size(); i++) {
            places.putIfAbsent(result.columns().get(i).toLowerCase(Locale.ROOT), i + 1);
        }
    }

    static ResultSet open(QueryResult result, java.sql.@Nullable Statement statement) {
        return Facade.of(ResultSet.class, new JdbcRows(result, statement), KNOWN);
    }

    public boolean next() throws SQLException {
        checkOpen();
        row = Math.min(row + 1, result.rows().size());
        return row < result.rows().size();
    }

    public int getRow() {
        return row < result.rows().size() ? row + 1 : 0;
    }

    public int findColumn(String name) throws SQLException {
        checkOpen();
        Integer place = places.get(name.toLowerCase(Locale.ROOT));
        if (place == null) {
            throw new SQLException("there is no column " + name + "; there are " + result.columns());
        }
        return place;
    }

    public boolean wasNull() {
        return wasNull;
    }

    public byte @Nullable [] getBytes(int place) throws SQLException {
        checkOpen();
        List<byte[] @Nullable []> rows = result.rows();
        if (row < 0 || row >= rows.size()) {
            throw new SQLException("there is no row here; call next() before, as long as it is true");
        }
        if (place < 1 || place > rows.get(row).length) {
            throw new SQLException("column " + place + " is out of range; there are " + result.columns());
        }
        byte[] value = rows.get(row)[place - 1];
        wasNull = value == null;
        return value;
    }

    public byte @Nullable [] getBytes(String name) throws SQLException {
        return getBytes(findColumn(name));
    }

    public @Nullable String getString(int place) throws SQLException {
        byte[] bytes = getBytes(place);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    public @Nullable String getString(String name) throws SQLException {
        return getString(findColumn(name));
    }

    public @Nullable BigDecimal getBigDecimal(int place) throws SQLException {
        String text = getString(place);
        try {
            return text == null ? null : new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new SQLException("column " + place + " is \"" + text + "\", which is no number", e);
        }
    }

    public @Nullable BigDecimal getBigDecimal(String name) throws SQLException {
        return getBigDecimal(findColumn(name));
    }

    private long within(int place, long least, long most) throws SQLException {
        String text = getString(place);
        if (text == null) {
            return 0;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notWhole) {
            // Then it is told below.
        }
        throw new SQLException(
                "column " + place + " is \"" + text + "\", which is no whole number from " + least + " to " + most);
    }

    public long getLong(int place) throws SQLException {
        return within(place, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    public long getLong(String name) throws SQLException {
        return getLong(findColumn(name));
    }

    public int getInt(int place) throws SQLException {
        return (int) within(place, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    public int getInt(String name) throws SQLException {
        return getInt(findColumn(name));
    }

    public double getDouble(int place) throws SQLException {
        BigDecimal number = getBigDecimal(place);
        return number == null ? 0 : number.doubleValue();
    }

    public double getDouble(String name) throws SQLException {
        return getDouble(findColumn(name));
    }

    public boolean getBoolean(int place) throws SQLException {
        BigDecimal number = getBigDecimal(place);
        return number != null && number.signum() != 0;
    }

    public boolean getBoolean(String name) throws SQLException {
        return getBoolean(findColumn(name));
    }

    public @Nullable Object getObject(int place) throws SQLException {
        byte[] bytes = getBytes(place);
        if (bytes == null) {
            return null;
        }
        int type = result.types().get(place - 1);
        if (type == DECIMAL) {
            return getBigDecimal(place);
        }
        if ((type & WHOLE) != 0) {
            BigDecimal number = getBigDecimal(place);
            return type == UINT64 && number != null ? number.toBigIntegerExact() : (Object) getLong(place);
        }
        if ((type & FLOATING) != 0) {
            return getDouble(place);
        }
        return (type & BYTES) != 0 ? bytes : getString(place);
    }

    public @Nullable Object getObject(String name) throws SQLException {
        return getObject(findColumn(name));
    }

    public java.sql.@Nullable Statement getStatement() {
        return statement;
    }

    public boolean isClosed() {
        return closed;
    }

    public void close() {
        closed = true;
    }

    private void checkOpen() throws SQLException {
        if (closed) {
            throw SqlErrors.closed("result");
        }
    }

    @Override
    public String toString() {
        return "rows of " + result.columns();
    }
}
