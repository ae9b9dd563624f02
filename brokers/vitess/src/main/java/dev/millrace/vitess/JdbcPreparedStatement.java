// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A statement with question marks, and the values for them. For one thread. */
final class JdbcPreparedStatement extends JdbcStatement {
    private static final Map<Method, Method> KNOWN = Facade.known(PreparedStatement.class, JdbcPreparedStatement.class);

    private final String sql;
    private final List<@Nullable Binding> values = new ArrayList<>();
    private final List<List<Binding>> batch = new ArrayList<>();

    private JdbcPreparedStatement(JdbcConnection connection, String sql) {
        super(connection);
        this.sql = sql;
    }

    static PreparedStatement open(JdbcConnection connection, String sql) {
        JdbcPreparedStatement statement = new JdbcPreparedStatement(connection, sql);
        return statement.behind(Facade.of(PreparedStatement.class, statement, KNOWN));
    }

    public boolean execute() throws SQLException {
        return run(sql, bound());
    }

    public ResultSet executeQuery() throws SQLException {
        return asked(sql, bound());
    }

    public int executeUpdate() throws SQLException {
        return changed(sql, bound());
    }

    private List<Binding> bound() throws SQLException {
        List<Binding> bound = new ArrayList<>(values.size());
        for (Binding value : values) {
            if (value == null) {
                throw new SQLException("the question mark " + (bound.size() + 1) + " has no value");
            }
            bound.add(value);
        }
        return bound;
    }

    private void set(int place, Binding value) throws SQLException {
        checkOpen();
        if (place < 1 || place > 65_535) {
            throw new SQLException("question mark " + place + " is out of range; they are counted from 1");
        }
        while (values.size() < place) {
            values.add(null);
        }
        values.set(place - 1, value);
    }

    public void setLong(int place, long number) throws SQLException {
        set(place, Binding.of(number));
    }

    public void setInt(int place, int number) throws SQLException {
        set(place, Binding.of(number));
    }

    public void setShort(int place, short number) throws SQLException {
        set(place, Binding.of(number));
    }

    public void setByte(int place, byte number) throws SQLException {
        set(place, Binding.of(number));
    }

    public void setBoolean(int place, boolean bit) throws SQLException {
        set(place, Binding.ofAny(bit));
    }

    public void setDouble(int place, double number) throws SQLException {
        set(place, Binding.of(number));
    }

    public void setFloat(int place, float number) throws SQLException {
        set(place, Binding.ofAny(number));
    }

    public void setBigDecimal(int place, @Nullable BigDecimal number) throws SQLException {
        set(place, Binding.ofAny(number));
    }

    public void setString(int place, @Nullable String text) throws SQLException {
        set(place, Binding.of(text));
    }

    public void setBytes(int place, byte @Nullable [] bytes) throws SQLException {
        set(place, Binding.of(bytes));
    }

    public void setNull(int place, int type) throws SQLException {
        set(place, Binding.NULL);
    }

    public void setObject(int place, @Nullable Object value) throws SQLException {
        set(place, Binding.ofAny(value));
    }

    public void clearParameters() throws SQLException {
        checkOpen();
        values.clear();
    }

    public void addBatch() throws SQLException {
        checkOpen();
        batch.add(bound());
    }

    public void clearBatch() throws SQLException {
        checkOpen();
        batch.clear();
    }

    /** As few statements as can be, if it stores rows; else one for each set of values. */
    public int[] executeBatch() throws SQLException {
        checkOpen();
        List<List<Binding>> rows = List.copyOf(batch);
        batch.clear();
        int[] counts = new int[rows.size()];
        BatchInsert insert = BatchInsert.of(sql).orElse(null);
        if (insert == null) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] = changed(sql, rows.get(i));
            }
            return counts;
        }
        for (BatchInsert.Piece piece : insert.pieces(rows)) {
            int unused = changed(piece.sql(), piece.values());
        }
        Arrays.fill(counts, java.sql.Statement.SUCCESS_NO_INFO);
        return counts;
    }
}
