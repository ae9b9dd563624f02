// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import io.vitess.proto.Query.BoundQuery;
import io.vitess.proto.Vtrpc.Code;
import io.vitess.proto.Vtrpc.RPCError;
import java.io.Serial;
import java.sql.SQLException;
import java.util.Map;

/** What a tablet says when it fails, in the words and with the code of Vitess. */
final class VitessError extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int SERVER_LOST = 2013;
    private static final Map<Integer, Code> CODES = Map.of(
            1062,
            Code.ALREADY_EXISTS,
            1146,
            Code.NOT_FOUND,
            1205,
            Code.DEADLINE_EXCEEDED,
            1213,
            Code.ABORTED,
            SERVER_LOST,
            Code.UNAVAILABLE);

    private final Code code;

    VitessError(Code code, String message) {
        super(message);
        this.code = code;
    }

    /** As a tablet hands on what its MySQL said: behind that stand the statement and its values. */
    static VitessError of(SQLException error, BoundQuery query) {
        boolean lost = isLost(error);
        int number = lost ? SERVER_LOST : error.getErrorCode();
        String state = lost ? "HY000" : error.getSQLState();
        String said = lost
                ? "Lost connection to MySQL server during query"
                : String.valueOf(error.getMessage()).replaceFirst("^\\(conn=\\d+\\) ", "");
        Code code = CODES.getOrDefault(number, Code.UNKNOWN);
        return new VitessError(
                code,
                "target: jobs.0.primary: vttablet: rpc error: code = " + code + " desc = " + said + " (errno " + number
                        + ") (sqlstate " + state + ") (CallerID: tests): Sql: \"" + query.getSql() + "\", BindVars: "
                        + query.getBindVariablesMap());
    }

    /** Whether the way to MySQL is broken. */
    static boolean isLost(SQLException error) {
        String state = error.getSQLState();
        return state == null || state.startsWith("08");
    }

    /** What a tablet says of a transaction that it has not. */
    static VitessError unknownTransaction(long id) {
        return new VitessError(
                Code.ABORTED,
                "target: jobs.0.primary: vttablet: rpc error: code = Aborted desc = transaction " + id
                        + ": not found (potential transaction timeout) (CallerID: tests)");
    }

    RPCError reply() {
        return RPCError.newBuilder().setCode(code).setMessage(getMessage()).build();
    }
}
