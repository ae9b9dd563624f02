// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/*
 *   CallerID           1 principal
 *   Session            4 autocommit   5 target_string
 *   ExecuteRequest     1 caller_id   2 session   3 query
 *   StreamExecuteRequest   1 caller_id   2 query   6 session      StreamExecuteResponse  1 result
 *
 * For pushing, the window is small on purpose: what is in it has been sent to us, and waits for its acknowledgement. Each stream has a
 * window of its own, and one that nobody reads does not hold up answers to statements.
 */
/** Calls a vtgate. Thread-safe. */
final class Vtgate implements AutoCloseable {
    /** For streams of messages that must not lie in it. */
    static final int SMALL_WINDOW = 65_535;

    /** For answers that are waited for. */
    static final int LARGE_WINDOW = 4 << 20;

    private static final int LARGEST_ANSWER = 64 << 20;
    private static final long KEEP_ALIVE_SECONDS = 30;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Metadata.Key<String> USER = Metadata.Key.of("username", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> PASSWORD = Metadata.Key.of("password", Metadata.ASCII_STRING_MARSHALLER);

    private final VitessAddress address;
    private final ManagedChannel channel;

    Vtgate(VitessAddress address, int window) {
        this.address = address;
        ChannelCredentials how =
                address.access().tls() ? TlsChannelCredentials.create() : InsecureChannelCredentials.create();
        this.channel = NettyChannelBuilder.forAddress(address.host(), address.port(), how)
                .flowControlWindow(window)
                .maxInboundMessageSize(LARGEST_ANSWER)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .build();
    }

    /** Executes a statement by itself, after connecting again if need be; waits no longer than the address says. */
    QueryResult execute(Statement statement) {
        return execute(statement, CallOptions.DEFAULT.withWaitForReady(), address.timeout());
    }

    /** Executes a statement by itself if there is a connection; waits for a moment only. */
    QueryResult executeOnParting(Statement statement) {
        return execute(statement, CallOptions.DEFAULT, aMoment());
    }

    private Duration aMoment() {
        return address.timeout().compareTo(PATIENCE) < 0 ? address.timeout() : PATIENCE;
    }

    private QueryResult execute(Statement statement, CallOptions how, Duration timeout) {
        Reply reply = ask(session().toBytes(), statement.write(), how.withDeadlineAfter(timeout))
                .await();
        if (!reply.status().isOk()) {
            throw Failures.of(address, reply.answered() ? "refused" : "did not execute", reply.status());
        }
        return reply.result();
    }

    /** Executes a statement in a session, after connecting again if need be. */
    Answer execute(byte[] session, ProtoWriter query, Duration timeout) {
        return ask(session, query, CallOptions.DEFAULT.withWaitForReady().withDeadlineAfter(timeout));
    }

    /** Executes a statement in a session if there is a connection. */
    Answer executeOnParting(byte[] session, ProtoWriter query) {
        return ask(session, query, CallOptions.DEFAULT.withDeadlineAfter(aMoment()));
    }

    private Answer ask(byte[] session, ProtoWriter query, CallOptions how) {
        if (channel.getState(true) == ConnectivityState.TRANSIENT_FAILURE) {
            channel.resetConnectBackoff();
        }
        ProtoWriter request = caller().bytes(2, session).message(3, query);
        ClientCall<byte[], byte[]> call = channel.newCall(Bytes.EXECUTE, how);
        Answer answer = new Answer(call);
        start(call, answer, request, 2);
        return answer;
    }

    /** Begins a stream, and lets its first answer in, which names the columns. */
    ClientCall<byte[], byte[]> stream(String sql, ClientCall.Listener<byte[]> listener) {
        ProtoWriter request = caller().message(2, Statement.of(sql).write()).message(6, session());
        channel.resetConnectBackoff();
        ClientCall<byte[], byte[]> call = channel.newCall(Bytes.STREAM_EXECUTE, CallOptions.DEFAULT);
        start(call, listener, request, 1);
        return call;
    }

    static QueryResult streamed(byte[] bytes) {
        ProtoReader in = new ProtoReader(ByteBuffer.wrap(bytes));
        QueryResult result = QueryResult.NOTHING;
        while (in.next()) {
            if (in.field() == 1) {
                result = QueryResult.read(in.message());
            }
        }
        return result;
    }

    private void start(
            ClientCall<byte[], byte[]> call, ClientCall.Listener<byte[]> listener, ProtoWriter request, int answers) {
        Metadata headers = new Metadata();
        String user = address.access().user();
        String password = address.access().password();
        if (user != null && password != null) {
            headers.put(USER, user);
            headers.put(PASSWORD, password);
        }
        call.start(listener, headers);
        call.request(answers);
        call.sendMessage(request.toBytes());
        call.halfClose();
    }

    private ProtoWriter caller() {
        ProtoWriter request = new ProtoWriter();
        String user = address.access().user();
        return user == null ? request : request.message(1, new ProtoWriter().text(1, user));
    }

    private ProtoWriter session() {
        return new ProtoWriter().number(4, 1).text(5, address.keyspace() + "@primary");
    }

    VitessAddress address() {
        return address;
    }

    @Override
    public void close() {
        channel.shutdown();
        try {
            if (!channel.awaitTermination(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                channel.shutdownNow();
            }
        } catch (InterruptedException e) {
            channel.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
