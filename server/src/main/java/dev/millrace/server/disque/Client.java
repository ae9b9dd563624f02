// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.job.QueueName;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.listening.Connection;
import dev.millrace.server.listening.Phase;
import dev.millrace.server.listening.Ready;
import dev.millrace.server.listening.Reply;
import dev.millrace.server.listening.Request;
import dev.millrace.server.listening.Session;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One client, as the commands see it. Belongs to the loop. */
final class Client implements Session {
    private final Node node;
    private final CommandTable commands;
    private final Connection connection;
    private @Nullable User user;
    private @Nullable String name;
    private String lastCommand = "NULL";
    private boolean mute;
    private int skip;

    Client(Node node, CommandTable commands, Connection connection) {
        this.node = node;
        this.commands = commands;
        this.connection = connection;
        this.user = node.access().stranger();
    }

    @Override
    public Request recognise(byte[][] arguments) {
        return new Asking(this, commands.find(arguments[0]), arguments);
    }

    @Override
    public Request broken(String message) {
        return new Broken(message);
    }

    @Override
    public boolean trusted() {
        return user() != null;
    }

    @Override
    public void closed() {
        node.monitors().remove(connection);
    }

    Node node() {
        return node;
    }

    Connection connection() {
        return connection;
    }

    /** Who it is; null for a stranger, where strangers may do nothing. */
    @Nullable
    User user() {
        return node.access().closed() ? user : node.access().stranger();
    }

    void user(@Nullable User shown) {
        user = shown;
    }

    @Nullable
    String name() {
        return name;
    }

    void name(@Nullable String given) {
        name = given;
    }

    String lastCommand() {
        return lastCommand;
    }

    void lastCommand(String command) {
        lastCommand = command;
    }

    /** No more replies, or replies again. */
    void mute(boolean yes) {
        mute = yes;
        skip = 0;
    }

    /** No reply to the next request. */
    void skipNext() {
        if (!mute) {
            skip = 1;
        }
    }

    /** The reply, or one that says nothing, as the client wants it. */
    @Nullable
    Reply heard(@Nullable Reply reply) {
        if (reply == null || (!mute && skip == 0)) {
            return reply;
        }
        skip = 0;
        return new Unheard(reply);
    }

    /** The queue of this name. */
    QueueName queue(byte[] wire) {
        User who = user();
        if (who != null && !who.everyQueue() && !who.mayName(Words.text(wire))) {
            throw new Refusal("NOPERM user " + who.name() + " may not name the queue '" + Words.raw(wire) + "'");
        }
        return node.names().queue(wire);
    }

    /** Whether it may see a queue in a listing. */
    boolean sees(QueueName queue) {
        User who = user();
        return who != null
                && (who.everyQueue() || who.mayName(Words.text(node.names().wire(queue, Map.of()))));
    }

    private record Broken(String message) implements Request {
        @Override
        public Phase phase() {
            return Phase.ALONE;
        }

        @Override
        public Reply begin() {
            return Ready.closing((ReplyWriter out) -> out.error("ERR " + message));
        }
    }
}
