// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Feature;
import dev.millrace.hosting.Host;
import dev.millrace.server.listening.Loop;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** What all commands share: the host, how things are called on the wire, and how the server stands. Belongs to the loop. */
final class Node {
    private final Broker broker;
    private final Host host;
    private final Loop loop;
    private final Surroundings surroundings;
    private final Ids ids;
    private final boolean expires;
    private final WireNames names = new WireNames();
    private final Memory memory;
    private final Access access;
    private final Statistics statistics;
    private final Monitors monitors;
    private final Settings settings;
    private boolean leaving;

    Node(Broker broker, Host host, Loop loop, Settings settings, Surroundings surroundings) {
        this.broker = broker;
        this.host = host;
        this.loop = loop;
        this.settings = settings;
        this.surroundings = surroundings;
        this.ids = host.naming()
                .<Ids>map(naming -> new NamedIds(host.store(), naming))
                .orElseGet(() -> new WireIds(host.store()));
        this.expires = broker.capabilities().has(Feature.EXPIRY);
        this.memory = new Memory(host, settings.maxMemory());
        this.access = new Access(settings.password(), settings.users());
        this.statistics = new Statistics(surroundings.clock().millis());
        this.monitors = new Monitors(surroundings.clock());
    }

    Broker broker() {
        return broker;
    }

    Host host() {
        return host;
    }

    Loop loop() {
        return loop;
    }

    InstantSource clock() {
        return surroundings.clock();
    }

    /** Runs what may block. */
    Executor elsewhere() {
        return surroundings.elsewhere();
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Ids ids() {
        return ids;
    }

    /** Whether jobs can have an end to their life: where they cannot, none is asked for unless a client does. */
    boolean expires() {
        return expires;
    }

    WireNames names() {
        return names;
    }

    Memory memory() {
        return memory;
    }

    Access access() {
        return access;
    }

    Statistics statistics() {
        return statistics;
    }

    Monitors monitors() {
        return monitors;
    }

    Settings settings() {
        return settings;
    }

    /** Whether clients are to go elsewhere. */
    boolean leaving() {
        return leaving;
    }

    void leaving(boolean yes) {
        leaving = yes;
    }
}
