// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp.client;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A command in a pipeline, and who wants its reply. */
record Call<T extends @Nullable Object>(Command<T> command, CompletableFuture<T> future) {
    /** Reads the reply from the wire. An error of the server is an answer; anything else ends the wire. */
    void receive(Wire wire) {
        T reply;
        try {
            reply = wire.receiveOnly(command);
        } catch (RuntimeException e) {
            if (wire.isBroken()) {
                throw e;
            }
            future.completeExceptionally(e);
            return;
        }
        future.complete(reply);
    }

    void fail(RuntimeException error) {
        future.completeExceptionally(error);
    }
}
