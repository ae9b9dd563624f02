// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vitess.proto.Query.Field;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.Row;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Results as vtgate sends them. */
final class Answers {
    private Answers() {}

    static QueryResult of(ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        QueryResult.Builder result = QueryResult.newBuilder();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            result.addFields(Field.newBuilder()
                    .setName(columns.getColumnLabel(i))
                    .setType(type(columns.getColumnType(i)))
                    .setOrgName(columns.getColumnName(i))
                    .setCharset(33)
                    .setColumnLength(200));
        }
        while (rows.next()) {
            Row.Builder row = Row.newBuilder();
            ByteString values = ByteString.EMPTY;
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                @Nullable
                ByteString value = value(rows, i, result.getFields(i - 1).getType());
                row.addLengths(value == null ? -1 : value.size());
                values = value == null ? values : values.concat(value);
            }
            result.addRows(row.setValues(values));
        }
        return result.build();
    }

    private static @Nullable ByteString value(ResultSet row, int place, Query.Type type) throws SQLException {
        if (type == Query.Type.BLOB) {
            byte[] bytes = row.getBytes(place);
            return bytes == null ? null : ByteString.copyFrom(bytes);
        }
        String text = row.getString(place);
        return text == null ? null : ByteString.copyFromUtf8(text);
    }

    private static Query.Type type(int jdbc) {
        return switch (jdbc) {
            case Types.BIGINT -> Query.Type.INT64;
            case Types.SMALLINT -> Query.Type.INT16;
            case Types.TINYINT -> Query.Type.INT8;
            case Types.INTEGER -> Query.Type.INT32;
            case Types.DECIMAL -> Query.Type.DECIMAL;
            case Types.DOUBLE -> Query.Type.FLOAT64;
            case Types.VARBINARY, Types.BLOB, Types.LONGVARBINARY -> Query.Type.BLOB;
            default -> Query.Type.VARCHAR;
        };
    }
}
