// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/** Asks one node for all others. */
final class Hellos {
    private Hellos() {}

    static void refresh(Cluster cluster, Failover failover) {
        failover.on(cluster.inOrder(), Failover.Repeat.ALWAYS, node -> {
            Hello hello = node.connections().call(NodeCommands.hello());
            if (hello.version() != 1) {
                throw new DisqueProtocolException(
                        node.address() + " says HELLO in version " + hello.version() + "; this client knows 1", null);
            }
            cluster.learn(hello, node.address());
            return hello;
        });
    }
}
