// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Connections;
import dev.millrace.resp.client.Wire;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * Many commands over one connection. They are written in groups, and the next group is on its way before the replies to the
 * last one are read. At most WINDOW replies are unread, so that neither side waits for the other to read.
 */
final class Batch<T> {
    private static final int WINDOW = 512;
    private static final int GROUP = 128;

    private final Connections connections;
    private final List<Command<T>> commands;
    private final List<Reply<T>> replies;
    private int written;

    Batch(Connections connections, List<Command<T>> commands) {
        this.connections = connections;
        this.commands = commands;
        this.replies = new ArrayList<>(commands.size());
    }

    /**
     * What came of a command.
     *
     * @param value what the server said; null if it failed
     * @param error why it failed, or why that is not known; null if it did not
     */
    record Reply<T>(@Nullable T value, @Nullable OkqException error) {
        T orThrow() {
            if (value != null) {
                return value;
            }
            throw error == null ? new IllegalStateException("neither value nor error") : error;
        }
    }

    /** One reply for each command, in their order. */
    List<Reply<T>> run() {
        if (commands.isEmpty()) {
            return List.of();
        }
        try {
            return connections.using(commands.get(0), this::pipeline);
        } catch (OkqConnectionException e) {
            return fail(e);
        }
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
        } catch (OkqServerException | OkqProtocolException e) {
            replies.add(new Reply<>(null, e));
        }
    }

    /** What was written may have arrived; what was not has not. */
    private List<Reply<T>> fail(OkqConnectionException cause) {
        String lost = "the connection to " + connections.server() + " was lost during " + commands.size()
                + " commands; this " + commands.get(0).word() + " ";
        while (replies.size() < commands.size()) {
            boolean sent = replies.size() < written;
            String fate = sent ? "may have been executed" : "was not sent";
            replies.add(new Reply<>(null, new OkqConnectionException(sent, lost + fate, cause)));
        }
        return replies;
    }
}
