// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities;
import dev.millrace.testkit.ManualTime;
import dev.millrace.testkit.toy.Fault;
import dev.millrace.testkit.toy.FullToyBroker;
import dev.millrace.testkit.toy.ToyBroker;
import dev.millrace.testkit.toy.ToyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts toys through the contract: the full one, or the bare one that has nothing beyond sending and receiving. */
final class ToyHarness implements BrokerHarness {
    private final ManualTime time = new ManualTime();
    private final Set<Fault> faults;
    private final @Nullable Capabilities bare;
    private ToyStore store;

    ToyHarness(Set<Fault> faults, @Nullable Capabilities bare) {
        this.faults = faults;
        this.bare = bare;
        this.store = new ToyStore(time, faults);
    }

    @Override
    public String name() {
        return bare == null ? "toy:" : "bare:";
    }

    private Broker broker() {
        return bare == null ? new FullToyBroker(store) : new ToyBroker(store, bare);
    }

    @Override
    public Broker open() {
        return broker();
    }

    @Override
    public Broker openOnSystemTime() {
        store = new ToyStore(InstantSource.system(), faults);
        return broker();
    }

    @Override
    public Timing timing() {
        return Timing.exact();
    }

    /** A fault may make a test wait until its deadline. */
    @Override
    public Duration deadline() {
        return Duration.ofMillis(faults.isEmpty() ? 30_000 : 500);
    }

    @Override
    public int manyQueues() {
        return faults.isEmpty() ? 10_000 : 100;
    }

    @Override
    public void pass(Duration length) {
        time.advance(length);
    }

    @Override
    public boolean durable() {
        return bare == null;
    }

    @Override
    public Broker reopen(Broker broker) {
        broker.close();
        return again();
    }

    @Override
    public Broker crash(Broker broker) {
        ((ToyBroker) broker).kill();
        return again();
    }

    private Broker again() {
        if (!durable()) {
            store = new ToyStore(time, faults);
        }
        store.reopen();
        return broker();
    }

    @Override
    public OptionalInt largestPayload() {
        return bare == null ? OptionalInt.of(ToyBroker.LARGEST) : OptionalInt.empty();
    }

    @Override
    public Object trace(Broker broker) {
        return store.changes();
    }

    @Override
    public void close() {}
}
