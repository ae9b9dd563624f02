// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;

/** Waits for what vtgate answers to a statement. Thread-safe. */
final class Answer extends ClientCall.Listener<byte[]> {
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final ClientCall<byte[], byte[]> call;
    private volatile byte[] bytes = new byte[0];

    Answer(ClientCall<byte[], byte[]> call) {
        this.call = call;
    }

    @Override
    public void onMessage(byte[] message) {
        bytes = message;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        end.complete(status);
    }

    /** No longer than the call may take; interrupts do not end it. */
    Reply await() {
        Status status = end.join();
        return status.isOk() ? Reply.read(bytes) : Reply.lost(status);
    }

    void cancel() {
        call.cancel("the connection was aborted", null);
    }
}
