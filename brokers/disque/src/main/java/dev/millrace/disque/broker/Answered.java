// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.disque.DisqueException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * An answer that is on its way, one of many that were asked for in one go.
 *
 * @param <T> what is answered
 * @param future where it comes
 */
record Answered<T>(CompletableFuture<T> future) {
    /** Waits for it; a refusal is thrown. */
    T get() {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof DisqueException refused) {
                throw refused;
            }
            throw e;
        }
    }

    /** Whether it is a refusal of this kind; waits for it. */
    boolean refusedWith(Class<? extends DisqueException> kind) {
        try {
            get();
            return false;
        } catch (DisqueException e) {
            return kind.isInstance(e);
        }
    }
}
