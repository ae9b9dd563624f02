// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.hosting.Call;
import dev.millrace.job.QueueName;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Somebody who wants to know when a queue has a job, from when that was asked. Thread-safe. */
final class Watch implements Claimable {
    private final Call.AwaitReady call;
    private final Consumer<Call> over;
    private final AtomicBoolean claimed = new AtomicBoolean();

    Watch(Call.AwaitReady call, Consumer<Call> over) {
        this.call = call;
        this.over = over;
    }

    Call.AwaitReady call() {
        return call;
    }

    boolean open() {
        return !claimed.get();
    }

    @Override
    public boolean claim() {
        boolean first = claimed.compareAndSet(false, true);
        if (first) {
            over.accept(call);
        }
        return first;
    }

    /** Answers, unless somebody else did. */
    void give(Optional<QueueName> found) {
        if (claim()) {
            call.answer().give(found);
        }
    }

    @Override
    public void fail(RuntimeException why) {
        call.answer().fail(why);
    }
}
