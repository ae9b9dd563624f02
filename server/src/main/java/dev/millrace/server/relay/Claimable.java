// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.hosting.Call;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A call that may have to wait, from when it was asked: whoever claims it, and nobody else, answers or withdraws it.
 * Thread-safe.
 *
 * @param <C> which kind of call
 */
abstract class Claimable<C extends Call> {
    private final C call;
    private final Consumer<Call> over;
    private final AtomicBoolean claimed = new AtomicBoolean();

    Claimable(C call, Consumer<Call> over) {
        this.call = call;
        this.over = over;
    }

    final C call() {
        return call;
    }

    final boolean open() {
        return !claimed.get();
    }

    /** Whether the caller is the one. */
    final boolean claim() {
        boolean first = claimed.compareAndSet(false, true);
        if (first) {
            over.accept(call);
        }
        return first;
    }

    /** Fails what the caller has claimed. */
    final void fail(RuntimeException why) {
        call.answer().fail(why);
    }
}
