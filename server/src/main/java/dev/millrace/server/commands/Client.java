// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.hosting.Call;
import dev.millrace.job.QueueName;
import dev.millrace.server.listening.Connection;
import dev.millrace.server.listening.Phase;
import dev.millrace.server.listening.Reply;
import dev.millrace.server.listening.Request;
import dev.millrace.server.listening.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One client, as the commands see it. Belongs to the loop. */
public final class Client implements Session {
    private final Node node;
    private final CommandTable commands;
    private final Connection connection;
    private @Nullable User user;
    private @Nullable String name;
    private String lastCommand = "NULL";
    private boolean mute;
    private int skip;
    private Map<Object, Runnable> whenClosed = Map.of();

    public Client(Node node, CommandTable commands, Connection connection) {
        this.node = node;
        this.commands = commands;
        this.connection = connection;
        this.user = node.access().stranger();
    }

    @Override
    public Request recognise(byte[][] arguments) {
        return new Asking(this, arguments.length == 0 ? null : commands.find(arguments[0]), arguments);
    }

    @Override
    public Request broken(String message) {
        return new Broken(wording().broken(message));
    }

    @Override
    public boolean trusted() {
        return user() != null;
    }

    @Override
    public void closed() {
        node.monitors().remove(connection);
        List.copyOf(whenClosed.values()).forEach(Runnable::run);
    }

    /**
     * Hears that it is gone.
     *
     * @param who wants to know; what the same one said before does not count any more
     * @param action runs on the loop
     */
    public void whenClosed(Object who, Runnable action) {
        if (whenClosed.isEmpty()) {
            whenClosed = new HashMap<>(2);
        }
        whenClosed.put(who, action);
    }

    Wording wording() {
        return commands.wording();
    }

    public Node node() {
        return node;
    }

    public Connection connection() {
        return connection;
    }

    /** Who it is; null for a stranger, where strangers may do nothing. */
    @Nullable
    public User user() {
        return node.access().closed() ? user : node.access().stranger();
    }

    public void user(@Nullable User shown) {
        user = shown;
    }

    @Nullable
    public String name() {
        return name;
    }

    public void name(@Nullable String given) {
        name = given;
    }

    public String lastCommand() {
        return lastCommand;
    }

    public void lastCommand(String command) {
        lastCommand = command;
    }

    /** No more replies, or replies again. */
    public void mute(boolean yes) {
        mute = yes;
        skip = 0;
    }

    /** No reply to the next request. */
    public void skipNext() {
        if (!mute) {
            skip = 1;
        }
    }

    /** The reply, or one that says nothing, as the client wants it. */
    @Nullable
    public Reply heard(@Nullable Reply reply) {
        if (reply == null || (!mute && skip == 0)) {
            return reply;
        }
        skip = 0;
        return new Unheard(reply);
    }

    /** The queue of this name. */
    public QueueName queue(byte[] wire) {
        User who = user();
        if (who != null && !who.everyQueue() && !who.mayName(Words.text(wire))) {
            throw new Refusal("NOPERM user " + who.name() + " may not name the queue '" + Words.raw(wire) + "'");
        }
        return node.names().queue(wire);
    }

    /** Whether it may see a queue in a listing. */
    public boolean sees(QueueName queue) {
        return reach().test(queue);
    }

    /** The queues whose jobs it may see and change, as who it is now. For any thread. */
    public Predicate<QueueName> reach() {
        User who = user();
        if (who == null) {
            return queue -> false;
        }
        WireNames names = node.names();
        return who.everyQueue() ? Call.ANYWHERE : queue -> who.mayName(Words.text(names.wire(queue, Map.of())));
    }

    private record Broken(Reply reply) implements Request {
        @Override
        public Phase phase() {
            return Phase.ALONE;
        }

        @Override
        public Reply begin() {
            return reply;
        }
    }
}
