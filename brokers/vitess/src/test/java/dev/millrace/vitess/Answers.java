// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query.Field;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.Row;
import io.vitess.proto.Query.Type;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;

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
                byte[] value = rows.getBytes(i);
                row.addLengths(value == null ? -1 : value.length);
                values = value == null ? values : values.concat(ByteString.copyFrom(value));
            }
            result.addRows(row.setValues(values));
        }
        return result.build();
    }

    private static Type type(int jdbc) {
        return switch (jdbc) {
            case Types.BIGINT -> Type.INT64;
            case Types.SMALLINT -> Type.INT16;
            case Types.VARBINARY, Types.BLOB, Types.LONGVARBINARY -> Type.BLOB;
            default -> Type.VARCHAR;
        };
    }
}
