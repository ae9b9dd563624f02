// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.relay;

import dev.millrace.hosting.Call;
import dev.millrace.hosting.HostedJob;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A take from when it was asked: whoever claims it, and nobody else, answers or withdraws it. Thread-safe. */
final class Taking implements Claimable {
    private final Call.Take call;
    private final Consumer<Call> over;
    private final AtomicBoolean claimed = new AtomicBoolean();

    Taking(Call.Take call, Consumer<Call> over) {
        this.call = call;
        this.over = over;
    }

    Call.Take call() {
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

    /** Answers what the caller has claimed. */
    void give(List<HostedJob> jobs) {
        call.answer().give(jobs);
    }

    @Override
    public void fail(RuntimeException why) {
        call.answer().fail(why);
    }
}
