// SPDX-License-Identifier: Apache-2.0
package dev.millrace.sql.database;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Says what the errors of databases mean. */
public final class Trouble {
    private static final int MYSQL_DUPLICATE = 1062;
    /** Of MySQL and MariaDB: waited too long for a lock, deadlock, and a row that changed since it was read. */
    private static final Set<Integer> LOCKS = Set.of(1205, 1213, 1020);

    private static final Pattern POSTGRES_KEY = Pattern.compile("\\A[^\\n\"]*\"[^\\n\"]*_pkey\"");

    private Trouble() {}

    /**
     * Whether a row with this key is there already.
     *
     * @param error what the database said
     * @return true if it is that
     */
    public static boolean isDuplicate(SQLException error) {
        return any(error, each -> "23505".equals(each.getSQLState()) || each.getErrorCode() == MYSQL_DUPLICATE);
    }

    /**
     * Whether the number of a row, as {@link RowIds} gives them, was taken already. Databases name the value that is there twice,
     * or the key; no other value of a row is such a number by chance. What drivers say of a whole batch names all its values, so
     * that is not looked at.
     *
     * @param error what the database said
     * @param numbers those of the rows that were to be stored
     * @return true if it is that
     */
    public static boolean isTaken(SQLException error, Collection<Long> numbers) {
        return isDuplicate(error)
                && any(
                        error,
                        each -> !(each instanceof BatchUpdateException)
                                && names(String.valueOf(each.getMessage()), numbers));
    }

    /** PostgreSQL names the key in the first line, and only in those below it what the user chose. */
    private static boolean names(String message, Collection<Long> numbers) {
        return POSTGRES_KEY.matcher(message).find()
                || numbers.stream().anyMatch(number -> message.contains(Long.toString(number)));
    }

    /**
     * Whether what was to be created is there already.
     *
     * @param error what the database said
     * @return true if it is that
     */
    public static boolean isThere(SQLException error) {
        return isDuplicate(error) || any(error, each -> is(each, "42P07") || is(each, "42710"));
    }

    /**
     * Whether a transaction takes no more statements because an earlier one failed, as in PostgreSQL.
     *
     * @param error what the database said
     * @return true if it is that
     */
    public static boolean isAborted(SQLException error) {
        return any(error, each -> "25P02".equals(each.getSQLState()));
    }

    /**
     * Whether others were in the way, so that the database rolled the transaction back: doing it all again may succeed.
     *
     * @param error what the database said
     * @return true if it is that
     */
    public static boolean isCollision(SQLException error) {
        return any(error, each -> is(each, "40") || is(each, "55P03") || LOCKS.contains(each.getErrorCode()));
    }

    /**
     * Whether it may be over soon.
     *
     * @param error what the database said
     * @return true for lost connections, servers that stop or are too busy, statements that were killed, and collisions
     */
    public static boolean isPassing(SQLException error) {
        return isCollision(error)
                || any(
                        error,
                        each -> each instanceof SQLTransientException
                                || each instanceof SQLRecoverableException
                                || is(each, "08")
                                || is(each, "53")
                                || is(each, "57")
                                || is(each, "70100"));
    }

    /**
     * Whether an answer, or what was sent, is larger than somebody on the way lets through: less of it may be asked for.
     *
     * @param error what the database said
     * @return true if it is that
     */
    public static boolean isTooLarge(SQLException error) {
        return any(error, each -> is(each, "54"));
    }

    private static boolean is(SQLException error, String state) {
        String known = error.getSQLState();
        return known != null && known.startsWith(state);
    }

    /** Whether this, or one of those that it is about, is such. */
    private static boolean any(SQLException error, Predicate<SQLException> such) {
        for (Throwable each : error) {
            if (each instanceof SQLException known && such.test(known)) {
                return true;
            }
        }
        return false;
    }
}
