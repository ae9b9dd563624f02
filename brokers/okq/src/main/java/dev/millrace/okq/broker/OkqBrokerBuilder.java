// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.BrokerException;
import dev.millrace.okq.OkqClient;
import dev.millrace.okq.OkqOptions;
import java.time.InstantSource;

/** Collects how an {@link OkqBroker} is to be. Not thread-safe. */
public final class OkqBrokerBuilder {
    private String server = "127.0.0.1";
    private OkqOptions options = OkqOptions.defaults();
    private InstantSource clock = InstantSource.system();
    private boolean asItIs;

    OkqBrokerBuilder() {}

    /**
     * Names the server.
     *
     * @param address {@code host} or {@code host:port}; the default is {@code 127.0.0.1:4777}
     * @return this builder
     */
    public OkqBrokerBuilder server(String address) {
        server = address;
        return this;
    }

    /**
     * Chooses times and limits of connections.
     *
     * @param chosen the options; the default is {@link OkqOptions#defaults()}
     * @return this builder
     */
    public OkqBrokerBuilder options(OkqOptions chosen) {
        options = chosen;
        return this;
    }

    /**
     * Leaves events as they are, for queues that consumers of others read too: a job that comes again is the same event, so
     * its attempts are not counted, headers are not carried, and nothing is put aside. On a server of 2016, which cannot
     * give an event back, it comes again when its lease has ended.
     *
     * @return this builder
     */
    public OkqBrokerBuilder asItIs() {
        asItIs = true;
        return this;
    }

    /**
     * Gives the broker another clock for the ends of leases, for tests.
     *
     * @param source the clock; the default is the machine's
     * @return this builder
     */
    public OkqBrokerBuilder clock(InstantSource source) {
        clock = source;
        return this;
    }

    /**
     * Connects.
     *
     * @return the broker; the caller closes it
     * @throws BrokerException if no server is there
     */
    public OkqBroker open() {
        OkqClient client = Failures.told(() -> OkqClient.connect(server, options));
        Returning returning = asItIs ? new AsItIs(client) : new ByCopy(client);
        return new OkqBroker("okq://" + client.server(), new Site(client, returning, clock, System::nanoTime));
    }
}
