// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.util.List;

/*
 *   BoundQuery     1 sql   2 bind_variables: map of 1 name, 2 BindVariable
 *   BindVariable   1 type   2 value, in decimal
 */
/**
 * A statement with numbers.
 *
 * @param sql with a question mark for each number and none beside
 * @param values the numbers
 */
record Statement(String sql, List<Long> values) {
    private static final int INT64 = 265;

    Statement {
        values = List.copyOf(values);
    }

    static Statement of(String sql, Long... values) {
        return new Statement(sql, List.of(values));
    }

    /** As a BoundQuery: question marks are v1, v2 and so on, as vtgate itself would name them. */
    ProtoWriter write() {
        StringBuilder named = new StringBuilder();
        int count = 0;
        for (int i = 0; i < sql.length(); i++) {
            char each = sql.charAt(i);
            if (each == '?') {
                count++;
                named.append(":v").append(count);
            } else {
                named.append(each);
            }
        }
        if (count != values.size()) {
            throw new IllegalArgumentException(values.size() + " values for the " + count + " of " + sql);
        }
        ProtoWriter query = new ProtoWriter().text(1, named.toString());
        for (int i = 0; i < count; i++) {
            ProtoWriter value =
                    new ProtoWriter().number(1, INT64).text(2, values.get(i).toString());
            query.message(2, new ProtoWriter().text(1, "v" + (i + 1)).message(2, value));
        }
        return query;
    }
}
