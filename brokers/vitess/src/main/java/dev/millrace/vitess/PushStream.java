// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One stream of a table, from its beginning to its end. The first answer names the columns; the others are let in when asked for. */
final class PushStream extends ClientCall.Listener<byte[]> {
    private final Inbox inbox;
    private final CompletableFuture<Status> begun = new CompletableFuture<>();
    private final CompletableFuture<Status> ended = new CompletableFuture<>();
    private volatile List<String> columns = List.of();
    private volatile @Nullable ClientCall<byte[], byte[]> call;
    private volatile boolean old;

    PushStream(Inbox inbox) {
        this.inbox = inbox;
    }

    /** Begins it, and waits until vtgate has answered. */
    Status begin(Vtgate vtgate, String sql) {
        ClientCall<byte[], byte[]> started = vtgate.stream(sql, this);
        call = started;
        try {
            return begun.get(vtgate.address().timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            started.cancel("nothing was answered in time", e);
            return Status.DEADLINE_EXCEEDED.withDescription("nothing was answered in time");
        } catch (InterruptedException e) {
            started.cancel("interrupted", e);
            Thread.currentThread().interrupt();
            return Status.CANCELLED.withDescription("interrupted");
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until it has ended. */
    Status end() {
        return ended.join();
    }

    void request() {
        ClientCall<byte[], byte[]> started = call;
        if (started != null) {
            started.request(1);
        }
    }

    /** Ends it, to be followed by another at once: what is on its way is too old. */
    void giveUp() {
        old = true;
        cancel();
    }

    boolean isOld() {
        return old;
    }

    void cancel() {
        ClientCall<byte[], byte[]> started = call;
        if (started != null) {
            started.cancel("closed", null);
        }
    }

    @Override
    public void onMessage(byte[] message) {
        QueryResult result = Vtgate.streamed(message);
        if (!result.columns().isEmpty()) {
            columns = List.copyOf(result.columns());
        }
        List<String> names = columns;
        List<VitessRow> rows =
                result.rows().stream().map(row -> new VitessRow(names, row)).toList();
        boolean first = begun.complete(Status.OK);
        inbox.arrived(first ? null : this, rows);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        begun.complete(status.isOk() ? Status.UNAVAILABLE.withDescription("the stream ended at once") : status);
        ended.complete(status.isOk() ? Status.UNAVAILABLE.withDescription("the stream ended") : status);
    }
}
