// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.consumer;

import dev.millrace.broker.Settled;
import dev.millrace.okq.consumer.Trouble.Kind;
import dev.millrace.worker.Event;
import dev.millrace.worker.Observer;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells of what happens in a worker what went wrong. */
record Troubles(Consumer<Trouble> listener) implements Observer {
    @Override
    public void on(Event event) {
        switch (event) {
            case Event.Failed failed
            when failed.failure().error() instanceof TimeoutException late -> tell(Kind.LEASE_ENDED, failed, late);
            case Event.Failed failed ->
                tell(Kind.CALLBACK, failed, failed.failure().error());
            case Event.LeaseLost lost -> tell(Kind.LEASE_ENDED, lost, null);
            case Event.Concluded concluded
            when concluded.answer() == Settled.LOST -> tell(Kind.LEASE_ENDED, concluded, null);
            case Event.BrokerFailed down -> tell(Kind.SERVER, down.error());
            case Event.SettleFailed failed -> tell(Kind.NOT_ACKNOWLEDGED, failed.error());
            default -> {}
        }
    }

    private void tell(Kind kind, Event.OfJob event, @Nullable Throwable error) {
        listener.accept(new Trouble(kind, Optional.of(Events.of(event.job())), Optional.ofNullable(error)));
    }

    private void tell(Kind kind, Throwable error) {
        listener.accept(new Trouble(kind, Optional.empty(), Optional.of(error)));
    }
}
