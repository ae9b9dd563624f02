// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 *   BoundQuery     1 sql   2 bind_variables: map of 1 name, 2 BindVariable
 *   BindVariable   1 type   2 value: numbers in decimal, texts in UTF-8, bytes as they are
 *
 * Question marks are left in the text: vtgate itself names them v1, v2 and so on, and knows which of them stand in quotes.
 */
/** A value for a question mark. Not changed by anybody. */
final class Binding {
    static final Binding NULL = new Binding(0, new byte[0]);

    private static final int INT64 = 265;
    private static final int UINT64 = 778;
    private static final int FLOAT64 = 1036;
    private static final int DECIMAL = 18;
    private static final int VARCHAR = 6165;
    private static final int VARBINARY = 10_262;
    /** What a name and the frames of a value take, about. */
    private static final int FRAME = 16;

    private final int type;
    private final byte[] value;

    private Binding(int type, byte[] value) {
        this.type = type;
        this.value = value;
    }

    static Binding of(long number) {
        return written(INT64, Long.toString(number));
    }

    static Binding of(@Nullable String text) {
        return text == null ? NULL : written(VARCHAR, text);
    }

    static Binding of(byte @Nullable [] bytes) {
        return bytes == null ? NULL : new Binding(VARBINARY, bytes.clone());
    }

    static Binding of(double number) throws SQLException {
        if (!Double.isFinite(number)) {
            throw new SQLException(number + " is no number that MySQL knows");
        }
        return written(FLOAT64, Double.toString(number));
    }

    /** Any value of a type whose meaning does not hang on time zones. */
    static Binding ofAny(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> NULL;
            case Boolean bit -> of(bit ? 1 : 0);
            case Long number -> of(number);
            case Integer number -> of(number.longValue());
            case Short number -> of(number.longValue());
            case Byte number -> of(number.longValue());
            case Double number -> of(number.doubleValue());
            case Float number -> of(Double.parseDouble(number.toString()));
            case BigDecimal number -> written(DECIMAL, number.toPlainString());
            case BigInteger number ->
                written(number.signum() >= 0 && number.bitLength() <= Long.SIZE ? UINT64 : DECIMAL, number.toString());
            case String text -> of(text);
            case byte[] bytes -> of(bytes);
            case LocalDate date -> written(VARCHAR, date.toString());
            case LocalTime time -> written(VARCHAR, time.toString());
            case LocalDateTime moment -> written(VARCHAR, moment.toString().replace('T', ' '));
            default ->
                throw new SQLException("a value of " + value.getClass().getName()
                        + " cannot be sent to vtgate; give a number, a text, bytes, or a LocalDate, LocalTime or"
                        + " LocalDateTime");
        };
    }

    private static Binding written(int type, String text) {
        return new Binding(type, text.getBytes(StandardCharsets.UTF_8));
    }

    /** How many bytes it takes in a request, about. */
    int size() {
        return value.length + FRAME;
    }

    /** A statement with its values, as a BoundQuery. */
    static ProtoWriter query(String sql, List<Binding> values) {
        ProtoWriter query = new ProtoWriter().text(1, sql);
        for (int i = 0; i < values.size(); i++) {
            Binding each = values.get(i);
            ProtoWriter variable = new ProtoWriter().number(1, each.type).bytes(2, each.value);
            query.message(2, new ProtoWriter().text(1, "v" + (i + 1)).message(2, variable));
        }
        return query;
    }
}
