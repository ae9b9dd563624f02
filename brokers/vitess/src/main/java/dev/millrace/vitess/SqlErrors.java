// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import io.grpc.Status;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/*
 * What MySQL said stands in the text of vtgate: "… desc = Deadlock found … (errno 1213) (sqlstate 40001) (CallerID: …): Sql: …,
 * BindVars: …". What comes behind is the statement with its values: nothing of it is to be taken for what MySQL said, nor to be
 * shown to whoever reads the message.
 *
 * ABORTED is what a tablet says of a transaction that it does not know, because it ran for too long or the tablet has another
 * primary now, or that it gave up: nothing of it has happened.
 */
/** Says what vtgate answers as drivers say it: with the state and the code of MySQL. */
final class SqlErrors {
    private static final Pattern OF_MYSQL = Pattern.compile("\\(errno ([0-9]+)\\) \\(sqlstate ([0-9A-Za-z]{5})\\)");
    /** Codes with which tablets hand on what MySQL says while it stops, changes its part, or has no room. */
    private static final Set<Status.Code> PASSING = Set.of(
            Status.Code.UNAVAILABLE,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.CANCELLED,
            Status.Code.FAILED_PRECONDITION,
            Status.Code.RESOURCE_EXHAUSTED);

    /** Errors of a tablet's own way to its MySQL have these numbers. */
    private static final int OF_CLIENT_FROM = 2_000;

    private static final int OF_CLIENT_TO = 3_000;
    private static final String LOST_STATE = "08S01";

    /** What the libraries of gRPC say of messages beyond the limits that they were given. */
    private static final String LARGER = "message larger than max";

    private static final String TOO_LARGE = "54000";
    private static final String ROLLED_BACK = "40000";
    private static final String UNKNOWN_STATE = "HY000";

    private SqlErrors() {}

    /** There is no such thing here. */
    static SQLException unsupported(String what) {
        // With the usual state a pool would throw the connection away.
        return new SQLFeatureNotSupportedException("connections to vtgate by gRPC do not have " + what, (String) null);
    }

    static SQLException closed(String what) {
        return new SQLNonTransientException("this " + what + " is closed");
    }

    static SQLException of(VitessAddress address, Reply reply) {
        Status status = reply.status();
        String said = address + " " + (reply.answered() ? "refused: " : "did not execute: ");
        String text = String.valueOf(status.getDescription());
        if (text.contains(LARGER)) {
            return new SQLNonTransientException(said + withoutStatement(text), TOO_LARGE);
        }
        if (!reply.answered()) {
            return lost(said, status);
        }
        Matcher ofMysql = OF_MYSQL.matcher(text);
        if (ofMysql.find()) {
            return ofMysql(
                    said + text.substring(0, ofMysql.end()),
                    status.getCode(),
                    ofMysql.group(2),
                    Integer.parseInt(ofMysql.group(1)));
        }
        String whole = said + status.getCode() + " " + withoutStatement(text);
        if (status.getCode() == Status.Code.ABORTED) {
            return new SQLTransactionRollbackException(whole, ROLLED_BACK);
        }
        return status.getCode() == Status.Code.NOT_FOUND || Failures.isLasting(status)
                ? new SQLNonTransientException(whole, UNKNOWN_STATE)
                : new SQLTransientException(whole, UNKNOWN_STATE);
    }

    private static SQLException ofMysql(String whole, Status.Code code, String state, int number) {
        boolean wayLost = number >= OF_CLIENT_FROM && number < OF_CLIENT_TO;
        return wayLost || PASSING.contains(code)
                ? new SQLTransientException(whole, state, number)
                : new SQLException(whole, state, number);
    }

    private static SQLException lost(String said, Status status) {
        String whole = said + status.getCode() + " " + status.getDescription();
        return switch (status.getCode()) {
            case UNAUTHENTICATED, PERMISSION_DENIED -> new SQLInvalidAuthorizationSpecException(whole, "28000");
            case UNIMPLEMENTED -> new SQLNonTransientException(whole + "; is this vtgate's gRPC port?", UNKNOWN_STATE);
            default -> new SQLRecoverableException(whole, LOST_STATE, status.asRuntimeException());
        };
    }

    private static String withoutStatement(String text) {
        int statement = text.indexOf(": Sql: ");
        return statement < 0 ? text : text.substring(0, statement);
    }
}
