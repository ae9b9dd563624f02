// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import io.grpc.Status;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 *   Session          1 in_transaction   4 autocommit   5 target_string   6 options
 *   ExecuteOptions   5 client_found_rows   6 workload   9 transaction_isolation
 *
 * A vtgate remembers nothing: which transactions are open in which tablets stands in the session, which it sends with each answer
 * and gets with the next statement, as it was. What is to be otherwise is appended: of a field that is there twice, the last one holds.
 * So another vtgate, or the same one after a restart, goes on with a transaction.
 *
 * If no answer comes, nobody knows which session would be the next: so this one ends. What it was in the middle of is rolled back on
 * parting, as far as that can be said; else the tablet does it in its own time.
 */
/** A session of vtgate. For one thread; any may abort it. */
final class VtgateSession {
    static final int REPEATABLE_READ = 1;
    static final int READ_COMMITTED = 2;
    static final int READ_UNCOMMITTED = 3;
    static final int SERIALIZABLE = 4;

    private static final int IN_TRANSACTION = 1;
    private static final int AUTOCOMMIT = 4;
    private static final int TARGET = 5;
    private static final int OPTIONS = 6;
    private static final int FOUND_ROWS = 5;
    private static final int WORKLOAD = 6;
    private static final int ISOLATION = 9;
    private static final int OLTP = 1;

    private final Vtgate vtgate;
    private byte[] last;
    private boolean autocommit = true;
    private int isolation;
    private volatile boolean inTransaction;
    private volatile boolean ended;
    private volatile @Nullable Answer awaited;

    /**
     * Begins a session; nothing is sent.
     *
     * @param isolation that of transactions, such as {@link #READ_COMMITTED}
     */
    VtgateSession(Vtgate vtgate, int isolation) {
        this.vtgate = vtgate;
        this.isolation = isolation;
        // As drivers have it: an update counts the rows that it finds, also those that it leaves as they are.
        ProtoWriter options = new ProtoWriter().number(FOUND_ROWS, 1).number(WORKLOAD, OLTP);
        this.last = new ProtoWriter()
                .text(TARGET, vtgate.address().keyspace() + "@primary")
                .message(OPTIONS, options)
                .toBytes();
    }

    private byte[] next() {
        ProtoWriter changed = new ProtoWriter()
                .number(AUTOCOMMIT, autocommit ? 1 : 0)
                .message(OPTIONS, new ProtoWriter().number(ISOLATION, isolation));
        byte[] more = changed.toBytes();
        return ByteBuffer.allocate(last.length + more.length)
                .put(last)
                .put(more)
                .array();
    }

    QueryResult execute(String sql, List<Binding> values, Duration timeout) throws SQLException {
        Reply reply = ask(sql, values, timeout);
        if (!reply.status().isOk()) {
            throw SqlErrors.of(vtgate.address(), reply);
        }
        return reply.result();
    }

    private Reply ask(String sql, List<Binding> values, Duration timeout) throws SQLException {
        if (ended) {
            throw SqlErrors.closed("connection");
        }
        Answer answer = vtgate.execute(next(), Binding.query(sql, values), timeout);
        awaited = answer;
        if (ended) {
            answer.cancel();
        }
        Reply reply = answer.await();
        awaited = null;
        if (reply.answered()) {
            remember(reply.session());
        } else {
            end();
        }
        return reply;
    }

    private void remember(byte[] session) {
        if (session.length == 0) {
            return;
        }
        last = session;
        inTransaction = false;
        ProtoReader in = new ProtoReader(ByteBuffer.wrap(session));
        while (in.next()) {
            if (in.field() == IN_TRANSACTION) {
                inTransaction = in.number() != 0;
            }
        }
    }

    boolean autocommit() {
        return autocommit;
    }

    /** Commits what is open, if each statement is to be committed by itself from now on. */
    void autocommit(boolean each, Duration timeout) throws SQLException {
        if (each) {
            commit(timeout);
        }
        autocommit = each;
    }

    /** That of transactions that begin from now on. */
    void isolation(int number) {
        isolation = number;
    }

    void commit(Duration timeout) throws SQLException {
        if (inTransaction) {
            QueryResult unused = execute("commit", List.of(), timeout);
        }
    }

    /** Rolls back; a transaction that its tablet has given up already is rolled back. */
    void rollback(Duration timeout) throws SQLException {
        if (!inTransaction) {
            return;
        }
        Reply reply = ask("rollback", List.of(), timeout);
        if (!reply.status().isOk() && (!reply.answered() || reply.status().getCode() != Status.Code.ABORTED)) {
            throw SqlErrors.of(vtgate.address(), reply);
        }
    }

    boolean isEnded() {
        return ended;
    }

    /** Ends it; does not wait for what is said on parting. */
    void end() {
        if (!ended) {
            ended = true;
            if (inTransaction) {
                Answer unused = vtgate.executeOnParting(next(), Binding.query("rollback", List.of()));
            }
        }
    }

    /** Ends it for a thread that may just be waiting for an answer, and who rolls back then. */
    void abort() {
        Answer waiting = awaited;
        if (waiting == null) {
            end();
        } else {
            waiting.cancel();
        }
    }
}
