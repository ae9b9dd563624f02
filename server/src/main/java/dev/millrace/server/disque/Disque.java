// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.CommandTable;
import dev.millrace.server.commands.Node;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Connection;
import dev.millrace.server.listening.Dialect;
import dev.millrace.server.listening.Session;

/** The protocol of Disque, in which other commands can have a place. */
public final class Disque implements Dialect {
    private static final byte[] ONE_TOO_MANY = Words.ascii("-ERR max number of clients reached\r\n");

    private final Node node;
    private final CommandTable commands;

    /**
     * The protocol.
     *
     * @param node what all commands share
     */
    public Disque(Node node) {
        this.node = node;
        this.commands = new CommandTable(node.statistics(), DisqueWording.WORDING);
        DisqueCommands.addTo(commands, node);
    }

    /**
     * Where the commands of others can be added.
     *
     * @return the table
     */
    public CommandTable commands() {
        return commands;
    }

    @Override
    public Session open(Connection connection) {
        return new Client(node, commands, connection);
    }

    @Override
    public byte[] oneTooMany() {
        return ONE_TOO_MANY;
    }
}
