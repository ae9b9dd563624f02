// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.broker.Broker;
import dev.millrace.hosting.Host;
import dev.millrace.server.listening.Connection;
import dev.millrace.server.listening.Dialect;
import dev.millrace.server.listening.Loop;
import dev.millrace.server.listening.Session;

/** The protocol of Disque. */
public final class Disque implements Dialect {
    private static final byte[] ONE_TOO_MANY = Words.ascii("-ERR max number of clients reached\r\n");

    private final Node node;
    private final CommandTable commands;

    /**
     * The protocol over a broker.
     *
     * @param broker the broker
     * @param host the same, as a host
     * @param loop where it is spoken
     * @param settings how the server is started
     * @param surroundings what is around
     */
    public Disque(Broker broker, Host host, Loop loop, Settings settings, Surroundings surroundings) {
        node = new Node(broker, host, loop, settings, surroundings);
        commands = new CommandTable(node);
    }

    @Override
    public Session open(Connection connection) {
        return new Client(node, commands, connection);
    }

    @Override
    public byte[] oneTooMany() {
        return ONE_TOO_MANY;
    }

    /**
     * How many commands were given.
     *
     * @return 0 or more; to be asked on the loop
     */
    public long commandsGiven() {
        return node.statistics().commands();
    }
}
