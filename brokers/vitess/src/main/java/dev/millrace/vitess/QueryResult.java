// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 *   QueryResult   1 fields   2 rows_affected   4 rows
 *   Field         1 name   2 type
 *   Row           1 lengths, packed and of either sign: -1 is NULL   2 values, one behind the other
 */
/**
 * What vtgate answered.
 *
 * @param columns their names; none if this is not the first answer of a stream
 * @param types those of the columns, by the numbers of Vitess
 * @param affected how many rows were changed
 * @param rows their values; null is NULL
 */
record QueryResult(List<String> columns, List<Integer> types, long affected, List<byte[] @Nullable []> rows) {
    static final QueryResult NOTHING = new QueryResult(List.of(), List.of(), 0, List.of());

    static QueryResult read(ProtoReader in) {
        List<String> columns = new ArrayList<>();
        List<Integer> types = new ArrayList<>();
        List<byte[] @Nullable []> rows = new ArrayList<>();
        long affected = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> column(in.message(), columns, types);
                case 2 -> affected = in.number();
                case 4 -> rows.add(row(in.message()));
                default -> {}
            }
        }
        return new QueryResult(columns, types, affected, rows);
    }

    private static void column(ProtoReader in, List<String> columns, List<Integer> types) {
        String name = "";
        int type = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.text();
                case 2 -> type = (int) in.number();
                default -> {}
            }
        }
        columns.add(name);
        types.add(type);
    }

    private static byte[] @Nullable [] row(ProtoReader in) {
        List<Integer> lengths = new ArrayList<>();
        ByteBuffer values = ByteBuffer.allocate(0);
        while (in.next()) {
            switch (in.field()) {
                case 1 -> {
                    ProtoReader packed = in.message();
                    while (packed.hasMore()) {
                        lengths.add(Math.toIntExact(packed.packedSigned()));
                    }
                }
                case 2 -> values = in.bytes();
                default -> {}
            }
        }
        byte[] @Nullable [] row = new byte[lengths.size()][];
        for (int i = 0; i < row.length; i++) {
            if (lengths.get(i) >= 0) {
                byte[] value = new byte[lengths.get(i)];
                values.get(value);
                row[i] = value;
            }
        }
        return row;
    }
}
