// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp.client;

import dev.millrace.resp.client.Protocol.Loss;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Commands are written in groups, and the next group is on its way before the replies to the last one are read, so that the
 * server never waits. At most WINDOW replies are unread: a server that does not read on before its replies are taken cannot
 * lock itself up with us.
 */
/**
 * Many commands of one kind over one connection, without waiting for each. For one thread.
 *
 * @param <T> what a reply is read as
 */
public final class Batch<T> {
    private static final int WINDOW = 512;
    private static final int GROUP = 128;

    private final Connections connections;
    private final List<Command<T>> commands;
    private final List<Reply<T>> replies;
    private int written;

    /**
     * What came of a command.
     *
     * @param <T> what its reply is read as
     * @param value what the server said; null if it failed
     * @param error why it failed, or why that is not known; null if it did not
     */
    public record Reply<T>(@Nullable T value, @Nullable RuntimeException error) {
        /**
         * What the server said, or the error thrown.
         *
         * @return the value
         */
        public T orThrow() {
            if (value != null) {
                return value;
            }
            throw error == null ? new IllegalStateException("neither value nor error") : error;
        }
    }

    private Batch(Connections connections, List<Command<T>> commands) {
        this.connections = connections;
        this.commands = commands;
        this.replies = new ArrayList<>(commands.size());
    }

    /**
     * Sends commands and reads their replies. An error of the server is the reply to its command; if the connection is lost,
     * it is the reply to all that were not answered before.
     *
     * @param <T> what a reply is read as
     * @param connections whose server they go to
     * @param commands of the same kind; their replies are never null
     * @return one reply for each command, in their order
     */
    public static <T> List<Reply<T>> run(Connections connections, List<Command<T>> commands) {
        return commands.isEmpty() ? List.of() : new Batch<>(connections, commands).run();
    }

    private List<Reply<T>> run() {
        try {
            return connections.using(commands.get(0), this::pipeline);
        } catch (RuntimeException e) {
            if (protocol().isLoss(e)) {
                return fail(e);
            }
            throw e;
        }
    }

    private Protocol protocol() {
        return connections.settings().protocol();
    }

    private List<Reply<T>> pipeline(Wire wire) {
        while (replies.size() < commands.size()) {
            writeGroup(wire);
            int unreadBelow = written == commands.size() ? 0 : WINDOW - GROUP;
            while (written - replies.size() > unreadBelow) {
                readOne(wire);
            }
        }
        return replies;
    }

    private void writeGroup(Wire wire) {
        int end = Math.min(commands.size(), written + GROUP);
        while (written < end) {
            Command<T> command = commands.get(written);
            if (written == 0) {
                connections.begin(wire, command);
            } else {
                connections.extend(wire, command);
            }
            written++;
            wire.send(command);
        }
        wire.flushGroup(commands.get(replies.size()));
    }

    private void readOne(Wire wire) {
        Command<T> command = commands.get(replies.size());
        connections.extend(wire, command);
        try {
            replies.add(new Reply<>(wire.receiveOnly(command), null));
        } catch (RuntimeException e) {
            if (protocol().isLoss(e)) {
                throw e;
            }
            replies.add(new Reply<>(null, e));
        }
    }

    /** What was written may have arrived; what was not has not. */
    private List<Reply<T>> fail(RuntimeException cause) {
        String lost = "the connection to " + connections.server() + " was lost during " + commands.size()
                + " commands; this " + commands.get(0).word() + " ";
        while (replies.size() < commands.size()) {
            boolean sent = replies.size() < written;
            String fate = sent ? "may have been executed" : "was not sent";
            replies.add(new Reply<>(null, protocol().lost(Loss.BROKEN, sent, lost + fate, cause)));
        }
        return replies;
    }
}
