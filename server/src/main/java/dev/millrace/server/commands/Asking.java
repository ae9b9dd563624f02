// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.server.listening.Phase;
import dev.millrace.server.listening.Ready;
import dev.millrace.server.listening.Reply;
import dev.millrace.server.listening.Request;
import org.jspecify.annotations.Nullable;

/**
 * A command with its arguments. The order of the checks is Disque's: unknown, wrong number of words, not authenticated,
 * out of memory.
 */
final class Asking implements Request {
    private static final System.Logger LOG = System.getLogger(Asking.class.getName());

    private final Client client;
    private final CommandTable.@Nullable Row command;
    private final byte[][] arguments;

    Asking(Client client, CommandTable.@Nullable Row command, byte[][] arguments) {
        this.client = client;
        this.command = command;
        this.arguments = arguments;
    }

    @Override
    public Phase phase() {
        return command == null ? Phase.FREE : command.command().phase();
    }

    @Override
    public @Nullable Reply begin() {
        CommandTable.Row row = command;
        try {
            if (row == null) {
                throw new Refusal(client.wording().unknown(arguments));
            }
            check(row.command());
            return client.heard(begin(row));
        } catch (Refusal refusal) {
            return client.heard(error(refusal.line()));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "cannot do " + Words.lower(arguments[0]), e);
            return client.heard(error("ERR internal error, see the log of the server"));
        }
    }

    private void check(Command known) {
        Node node = client.node();
        if (!known.fits(arguments.length) && !(known.name().equals("auth") && withName(node))) {
            throw new Refusal(known.wording().wrongNumber(known.name()));
        }
        User user = client.user();
        if (user == null) {
            if (!known.name().equals("auth") && !known.name().equals("quit")) {
                throw new Refusal("NOAUTH Authentication required.");
            }
        } else if (!user.may(known.group())) {
            throw new Refusal("NOPERM user " + user.name() + " may not say '" + known.name()
                    + "', which is of the group " + known.group());
        }
        if (known.deniedOutOfMemory() && node.memory().full() && node.memory().limit() > 0) {
            throw new Refusal("OOM command not allowed when used memory > 'maxmemory'.");
        }
    }

    private boolean withName(Node node) {
        return arguments.length == 3 && node.access().hasUsers();
    }

    private @Nullable Reply begin(CommandTable.Row row) {
        Node node = client.node();
        Command known = row.command();
        node.statistics().count(row.counter());
        client.lastCommand(known.name());
        if (node.monitors().any()
                && known.group() != Group.ADMIN
                && !known.name().equals("auth")) {
            node.monitors().show(client.connection(), arguments);
        }
        return known.handler().begin(client, arguments);
    }

    private static Reply error(String line) {
        return Ready.of(out -> out.error(line));
    }
}
