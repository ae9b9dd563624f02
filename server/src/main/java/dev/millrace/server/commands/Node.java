// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Feature;
import dev.millrace.hosting.Host;
import dev.millrace.server.listening.Loop;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** What all commands share: the host, how things are called on the wire, and how the server stands. Belongs to the loop. */
public final class Node {
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

    /**
     * What the commands over a broker share.
     *
     * @param broker the broker
     * @param host the same, as a host
     * @param loop where they are spoken
     * @param settings how the server is started
     * @param surroundings what is around
     */
    public Node(Broker broker, Host host, Loop loop, Settings settings, Surroundings surroundings) {
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

    public Broker broker() {
        return broker;
    }

    public Host host() {
        return host;
    }

    public Loop loop() {
        return loop;
    }

    public InstantSource clock() {
        return surroundings.clock();
    }

    /** Runs what may block. */
    public Executor elsewhere() {
        return surroundings.elsewhere();
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    public Ids ids() {
        return ids;
    }

    /** Whether jobs can have an end to their life: where they cannot, none is asked for unless a client does. */
    public boolean expires() {
        return expires;
    }

    public WireNames names() {
        return names;
    }

    public Memory memory() {
        return memory;
    }

    public Access access() {
        return access;
    }

    public Statistics statistics() {
        return statistics;
    }

    public Monitors monitors() {
        return monitors;
    }

    public Settings settings() {
        return settings;
    }

    /** Whether clients are to go elsewhere. */
    public boolean leaving() {
        return leaving;
    }

    public void leaving(boolean yes) {
        leaving = yes;
    }
}
