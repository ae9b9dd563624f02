// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.okq;

import dev.millrace.resp.RequestLimits;
import dev.millrace.server.commands.Authentication;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.CommandTable;
import dev.millrace.server.commands.Group;
import dev.millrace.server.commands.IdleClients;
import dev.millrace.server.commands.Node;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Connection;
import dev.millrace.server.listening.Decoding;
import dev.millrace.server.listening.Dialect;
import dev.millrace.server.listening.Phase;
import dev.millrace.server.listening.Ready;
import dev.millrace.server.listening.Reply;
import dev.millrace.server.listening.Session;

/** The protocol of okq, without any other: its commands, and AUTH where a password is asked for. */
public final class Okq implements Dialect {
    private static final byte[] ONE_TOO_MANY = Words.ascii("-ERR max number of clients reached\r\n");
    private static final Reply PONG = Ready.of(out -> out.simpleString("PONG"));

    private final Node node;
    private final CommandTable commands;

    /**
     * The protocol.
     *
     * @param node what all commands share
     */
    public Okq(Node node) {
        this.node = node;
        this.commands = new CommandTable(node.statistics(), OkqWording.WORDING);
        new OkqCommands().addTo(commands);
        commands.add(OkqCommands.okq("ping", -1, "readonly").is(Group.CONNECTION, Phase.FREE, (who, words) -> PONG));
        if (node.access().closed()) {
            commands.add(
                    OkqCommands.okq("auth", -2, "readonly").is(Group.CONNECTION, Phase.ALONE, Authentication::begin));
        }
        new IdleClients(node, node.settings().idleSeconds());
    }

    @Override
    public Session open(Connection connection) {
        return new Client(node, commands, connection);
    }

    @Override
    public Decoding decoding(RequestLimits limits) {
        return new OkqDecoding(limits);
    }

    @Override
    public byte[] oneTooMany() {
        return ONE_TOO_MANY;
    }
}
