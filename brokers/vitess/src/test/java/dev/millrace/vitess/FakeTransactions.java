// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import io.vitess.proto.Query.BoundQuery;
import io.vitess.proto.Query.ExecuteOptions.TransactionIsolation;
import io.vitess.proto.Query.QueryResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/*
 * As the real one: a transaction is a connection and a number, whichever vtgate speaks of it; one that is open for too long is
 * rolled back and forgotten, and so is one whose connection breaks.
 */
/** The transactions of a tablet. Thread-safe. */
final class FakeTransactions implements AutoCloseable {
    private final AtomicLong last = new AtomicLong(1_700_000_000_000_000_000L);
    private final Map<Long, Open> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService killing = Executors.newSingleThreadScheduledExecutor();
    private volatile Duration limit = Duration.ofSeconds(30);

    private record Open(FakeMysql mysql, Connection connection) {}

    /** How long a transaction may be open that begins from now on. */
    void limit(Duration length) {
        limit = length;
    }

    int count() {
        return open.size();
    }

    long begin(FakeMysql mysql, TransactionIsolation isolation) throws VitessError {
        BoundQuery begin = BoundQuery.newBuilder().setSql("begin").build();
        try {
            Connection connection = mysql.borrow();
            connection.setTransactionIsolation(
                    switch (isolation) {
                        case READ_COMMITTED -> Connection.TRANSACTION_READ_COMMITTED;
                        case SERIALIZABLE -> Connection.TRANSACTION_SERIALIZABLE;
                        default -> Connection.TRANSACTION_REPEATABLE_READ;
                    });
            connection.setAutoCommit(false);
            long id = last.incrementAndGet();
            open.put(id, new Open(mysql, connection));
            var unused = killing.schedule(() -> kill(id), limit.toMillis(), TimeUnit.MILLISECONDS);
            return id;
        } catch (SQLException e) {
            throw VitessError.of(e, begin);
        }
    }

    private Open known(long id) throws VitessError {
        Open known = open.get(id);
        if (known == null) {
            throw VitessError.unknownTransaction(id);
        }
        return known;
    }

    QueryResult execute(long id, BoundQuery query) throws VitessError {
        try {
            return FakeMysql.execute(known(id).connection(), query);
        } catch (SQLException e) {
            if (VitessError.isLost(e)) {
                kill(id);
            }
            throw VitessError.of(e, query);
        }
    }

    void commit(long id) throws VitessError {
        end(id, "commit", Connection::commit);
    }

    void rollback(long id) throws VitessError {
        end(id, "rollback", Connection::rollback);
    }

    /** Ends a transaction. */
    private interface Ending {
        void of(Connection connection) throws SQLException;
    }

    private void end(long id, String how, Ending ending) throws VitessError {
        Open ended = known(id);
        open.remove(id);
        try {
            ending.of(ended.connection());
            ended.mysql().giveBack(ended.connection());
        } catch (SQLException e) {
            throw VitessError.of(e, BoundQuery.newBuilder().setSql(how).build());
        }
    }

    /** The connection is closed, so that MySQL rolls back. */
    private void kill(long id) {
        Open killed = open.remove(id);
        if (killed != null) {
            try {
                killed.connection().abort(Runnable::run);
            } catch (SQLException e) {
                // It is broken already.
            }
        }
    }

    /** Forgets all, as a tablet does that becomes a replica. */
    void killAll() {
        open.keySet().forEach(this::kill);
    }

    @Override
    public void close() {
        killing.shutdownNow();
        killAll();
    }
}
