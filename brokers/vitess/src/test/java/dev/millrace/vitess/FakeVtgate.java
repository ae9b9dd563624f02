// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import dev.millrace.testkit.WaitFor;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.vitess.proto.Vtgate.ExecuteRequest;
import io.vitess.proto.Vtgate.ExecuteResponse;
import io.vitess.proto.Vtgate.StreamExecuteRequest;
import io.vitess.proto.Vtgate.StreamExecuteResponse;
import io.vitess.proto.grpc.VitessGrpc;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A vtgate over MariaDB: Vitess' own messages and service, statements as {@link FakeExecutor} executes them, and streams as {@link FakeTablet}
 * feeds them. There is an unsharded keyspace {@code jobs}, and one {@code users} of two shards. Statements with errors are answered inside of
 * the reply, streams end with a status.
 */
final class FakeVtgate extends VitessGrpc.VitessImplBase implements AutoCloseable {
    private static final Pattern STREAM = Pattern.compile("stream \\* from ([a-z0-9_]+)");
    private static final int LARGEST_MESSAGE = 16 << 20;
    private static final Metadata.Key<String> PASSWORD = Metadata.Key.of("password", Metadata.ASCII_STRING_MARSHALLER);

    private final DataSource database;
    private final FakeExecutor executor;
    private final Map<String, FakeTablet> tablets = new ConcurrentHashMap<>();
    private final List<Pushing> streams = new CopyOnWriteArrayList<>();
    private volatile Duration postponedLater = Duration.ZERO;
    private volatile int rowsAtOnce = Integer.MAX_VALUE;
    private volatile @Nullable String password;
    private @Nullable Server server;
    private int port;

    /**
     * Starts.
     *
     * @param database a pool of connections by which updates count the rows that they change
     * @param plain connections by which they do so
     * @param found connections by which they count those that they find
     */
    FakeVtgate(DataSource database, DataSource plain, DataSource found) {
        this.database = database;
        this.executor = new FakeExecutor(plain, found);
        start();
    }

    /** How long after a send a batch is postponed. */
    void postponeLater(Duration length) {
        postponedLater = length;
    }

    /** How many rows an answer of a stream has at most: vtgate splits what does not fit into its buffer. */
    void splitAt(int rows) {
        rowsAtOnce = rows;
    }

    /** Lets in only who knows it. */
    void demand(String secret) {
        password = secret;
    }

    /** Those of the tablet behind it, which is not killed with it. */
    FakeTransactions transactions() {
        return executor.transactions();
    }

    int port() {
        return port;
    }

    int subscribers(String table) {
        FakeTablet tablet = tablets.get(table);
        return tablet == null ? 0 : tablet.subscribers();
    }

    /** Ends all streams as a vtgate does that is told to go, or whose primary stays away. */
    void drain(Status status) {
        streams.forEach(stream -> stream.fail(status));
        streams.clear();
    }

    void kill() {
        Server running = server;
        if (running != null) {
            running.shutdownNow();
            try {
                running.awaitTermination(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        server = null;
        streams.clear();
    }

    /** Starts, on the port of the last time; somebody's way out may have that for a moment. */
    void start() {
        WaitFor.until("vtgate has its port again", () -> {
            try {
                Server started = Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
                        .maxInboundMessageSize(LARGEST_MESSAGE)
                        .addService(ServerInterceptors.intercept(this, new Login()))
                        .build()
                        .start();
                server = started;
                port = started.getPort();
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private final class Login implements ServerInterceptor {
        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            if (password != null && !password.equals(headers.get(PASSWORD))) {
                call.close(
                        Status.UNAUTHENTICATED.withDescription("auth failure: caller provided invalid credentials"),
                        new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(call, headers);
        }
    }

    @Override
    public void execute(ExecuteRequest request, StreamObserver<ExecuteResponse> answer) {
        ExecuteResponse response = executor.execute(request);
        answer.onNext(response);
        answer.onCompleted();
    }

    @Override
    public void streamExecute(StreamExecuteRequest request, StreamObserver<StreamExecuteResponse> answer) {
        ServerCallStreamObserver<StreamExecuteResponse> out = (ServerCallStreamObserver<StreamExecuteResponse>) answer;
        Matcher stream = STREAM.matcher(request.getQuery().getSql());
        Pushing receiver = new Pushing(out, () -> rowsAtOnce);
        try {
            FakeExecutor.check(request.getSession());
            if (!stream.matches()) {
                throw new SQLException("syntax error at position 1");
            }
            Optional<FakeTablet> tablet = tablet(stream.group(1));
            if (tablet.isEmpty()) {
                out.onError(Status.FAILED_PRECONDITION
                        .withDescription(
                                "target: jobs.0.primary: vttablet: '" + stream.group(1) + "' is not a message table")
                        .asRuntimeException());
                return;
            }
            streams.add(receiver);
            tablet.get().subscribe(receiver);
        } catch (SQLException | VitessError e) {
            out.onError(Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
        }
    }

    private Optional<FakeTablet> tablet(String table) throws SQLException {
        FakeTablet known = tablets.get(table);
        if (known != null) {
            return Optional.of(known);
        }
        try (Connection connection = database.getConnection();
                PreparedStatement asking = connection.prepareStatement("SELECT t.table_comment, (SELECT"
                        + " GROUP_CONCAT(c.column_name ORDER BY ordinal_position) FROM information_schema.columns c WHERE"
                        + " c.table_schema = DATABASE() AND c.table_name = t.table_name AND c.column_name NOT IN"
                        + " ('priority', 'time_next', 'epoch', 'time_acked')) FROM information_schema.tables t WHERE"
                        + " t.table_schema = DATABASE() AND t.table_name = ?")) {
            asking.setString(1, table);
            try (ResultSet row = asking.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("table " + table + " not found in schema");
                }
                return TableComment.of(row.getString(1), row.getString(2)).map(comment -> {
                    FakeTablet made = new FakeTablet(database, table, comment, postponedLater);
                    tablets.put(table, made);
                    return made;
                });
            }
        }
    }

    /** Ends what is known of tables. */
    void forget(String table) {
        FakeTablet tablet = tablets.remove(table);
        if (tablet != null) {
            tablet.close();
        }
    }

    @Override
    public void close() {
        tablets.keySet().forEach(this::forget);
        kill();
        executor.close();
    }
}
