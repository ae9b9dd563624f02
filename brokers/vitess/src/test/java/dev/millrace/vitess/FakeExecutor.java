// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vitess.proto.Query.BoundQuery;
import io.vitess.proto.Query.Field;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.Row;
import io.vitess.proto.Query.Target;
import io.vitess.proto.Topodata.TabletAlias;
import io.vitess.proto.Topodata.TabletType;
import io.vitess.proto.Vtgate.ExecuteRequest;
import io.vitess.proto.Vtgate.ExecuteResponse;
import io.vitess.proto.Vtgate.Session;
import io.vitess.proto.Vtgate.Session.ShardSession;
import io.vitess.proto.Vtrpc.Code;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/*
 * As the real one: nothing is remembered here. Whether a transaction is open stands in the session; which one, in a shard session of
 * it, from the first statement on that goes to the tablet. A statement without autocommit begins a transaction. Savepoints that are set
 * before the tablet knows of the transaction are kept in the session, and said to the tablet first.
 */
/** Executes statements in sessions as a vtgate does. Thread-safe. */
final class FakeExecutor implements AutoCloseable {
    private static final Pattern SAVEPOINT =
            Pattern.compile("(savepoint|rollback to savepoint|release savepoint) `[^`]+`");
    private static final Set<String> TARGETS = Set.of("jobs@primary", "users@primary", "users:-80@primary");
    private static final List<String> SHARDS = List.of("jobs/0", "users/-80", "users/80-");
    private static final int LARGEST_MESSAGE = 16 << 20;

    private final FakeTransactions transactions = new FakeTransactions();
    private final FakeMysql changed;
    private final FakeMysql found;

    /**
     * Begins.
     *
     * @param changed connections by which updates count the rows that they change
     * @param found connections by which they count those that they find
     */
    FakeExecutor(DataSource changed, DataSource found) {
        this.changed = new FakeMysql(changed);
        this.found = new FakeMysql(found);
    }

    FakeTransactions transactions() {
        return transactions;
    }

    static void check(Session session) throws VitessError {
        if (!TARGETS.contains(session.getTargetString())) {
            throw new VitessError(
                    Code.NOT_FOUND, "VT05003: unknown database '" + session.getTargetString() + "' in vschema");
        }
    }

    ExecuteResponse execute(ExecuteRequest request) {
        Session.Builder session = request.getSession().toBuilder();
        ExecuteResponse.Builder response = ExecuteResponse.newBuilder();
        try {
            check(request.getSession());
            QueryResult result = execute(session, request.getQuery());
            if (result.getSerializedSize() > LARGEST_MESSAGE) {
                throw new VitessError(
                        Code.RESOURCE_EXHAUSTED,
                        "target: jobs.0.primary: vttablet: rpc error: code = ResourceExhausted desc = grpc: received"
                                + " message larger than max (" + result.getSerializedSize() + " vs. " + LARGEST_MESSAGE
                                + ")");
            }
            response.setResult(result);
        } catch (VitessError e) {
            response.setError(e.reply());
        }
        return response.setSession(session).build();
    }

    private QueryResult execute(Session.Builder session, BoundQuery query) throws VitessError {
        String text = query.getSql().strip().toLowerCase(Locale.ROOT);
        if (!session.getAutocommit()) {
            session.setInTransaction(true);
        }
        if (SAVEPOINT.matcher(text).matches()) {
            return savepoint(session, query);
        }
        switch (text) {
            case "begin" -> {
                commit(session);
                session.setInTransaction(true);
            }
            case "commit" -> commit(session);
            case "rollback" -> rollback(session);
            case "show vitess_shards" -> {
                return shards();
            }
            default -> {
                return inTablet(session, query);
            }
        }
        return QueryResult.getDefaultInstance();
    }

    private QueryResult savepoint(Session.Builder session, BoundQuery query) throws VitessError {
        if (session.getShardSessionsCount() > 0) {
            return transactions.execute(session.getShardSessions(0).getTransactionId(), query);
        }
        if (session.getInTransaction()) {
            session.addSavepoints(query.getSql());
        } else if (!query.getSql().toLowerCase(Locale.ROOT).startsWith("savepoint")) {
            throw new VitessError(Code.NOT_FOUND, "SAVEPOINT does not exist: " + query.getSql());
        }
        return QueryResult.getDefaultInstance();
    }

    private void commit(Session.Builder session) throws VitessError {
        try {
            if (session.getShardSessionsCount() > 0) {
                transactions.commit(session.getShardSessions(0).getTransactionId());
            }
        } finally {
            reset(session);
        }
    }

    private void rollback(Session.Builder session) throws VitessError {
        try {
            if (session.getShardSessionsCount() > 0) {
                transactions.rollback(session.getShardSessions(0).getTransactionId());
            }
        } finally {
            reset(session);
        }
    }

    private static void reset(Session.Builder session) {
        session.clearShardSessions().clearSavepoints().setInTransaction(false);
    }

    private QueryResult inTablet(Session.Builder session, BoundQuery query) throws VitessError {
        FakeMysql mysql = session.getOptions().getClientFoundRows() ? found : changed;
        if (!session.getInTransaction()) {
            return mysql.execute(query);
        }
        if (session.getShardSessionsCount() == 0) {
            long id = transactions.begin(mysql, session.getOptions().getTransactionIsolation());
            session.addShardSessions(ShardSession.newBuilder()
                    .setTarget(Target.newBuilder()
                            .setKeyspace("jobs")
                            .setShard("0")
                            .setTabletType(TabletType.PRIMARY))
                    .setTransactionId(id)
                    .setTabletAlias(TabletAlias.newBuilder().setCell("test").setUid(100)));
            for (String savepoint : session.getSavepointsList()) {
                QueryResult unused = transactions.execute(
                        id, BoundQuery.newBuilder().setSql(savepoint).build());
            }
        }
        return transactions.execute(session.getShardSessions(0).getTransactionId(), query);
    }

    private static QueryResult shards() {
        QueryResult.Builder result = QueryResult.newBuilder()
                .addFields(Field.newBuilder().setName("Shards").setType(Query.Type.VARCHAR));
        for (String shard : SHARDS) {
            result.addRows(Row.newBuilder().addLengths(shard.length()).setValues(ByteString.copyFromUtf8(shard)));
        }
        return result.build();
    }

    @Override
    public void close() {
        transactions.close();
        changed.close();
        found.close();
    }
}
