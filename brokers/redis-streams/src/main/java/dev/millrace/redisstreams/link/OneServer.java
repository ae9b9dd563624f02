// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.link;

import dev.millrace.resp.client.Endpoint;
import java.util.Set;

/** A server that holds all keys. */
record OneServer(Endpoint server) implements Topology {
    @Override
    public Endpoint nodeOf(byte[] key) {
        return server;
    }

    @Override
    public Set<Endpoint> masters() {
        return Set.of(server);
    }

    @Override
    public void doubt() {
        // There is no other.
    }

    @Override
    public void moved(int slot, Endpoint node) {
        // A server that says so is a node of a cluster, and the error tells.
    }
}
