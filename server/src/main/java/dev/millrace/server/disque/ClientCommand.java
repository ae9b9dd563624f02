// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Node;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.Replies;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Connection;
import dev.millrace.server.listening.Ready;
import dev.millrace.server.listening.Reply;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code CLIENT LIST | SETNAME | GETNAME | KILL | PAUSE | REPLY}. */
final class ClientCommand {
    private static final String USAGE =
            "ERR Syntax error, try CLIENT (LIST | KILL ip:port | GETNAME |" + " SETNAME connection-name)";

    private ClientCommand() {}

    static @Nullable Reply begin(Client client, byte[][] arguments) {
        String what = Words.lower(arguments[1]);
        return switch (what.equals("kill") ? what : what + arguments.length) {
            case "list2" -> Replies.bulk(list(client.node()));
            case "setname3" -> setName(client, Words.raw(arguments[2]));
            case "getname2" -> name(client.name());
            case "kill" -> kill(client, arguments);
            case "pause3" -> pause(client, arguments[2]);
            case "reply3" -> reply(client, arguments[2]);
            default -> throw new Refusal(USAGE);
        };
    }

    private static Reply name(@Nullable String name) {
        return name == null ? Replies.nullBulk() : Replies.bulk(name);
    }

    private static Reply setName(Client client, String name) {
        if (name.chars().anyMatch(letter -> letter < '!' || letter > '~')) {
            throw new Refusal("ERR Client names cannot contain spaces, newlines or special characters.");
        }
        client.name(name.isEmpty() ? null : name);
        return Replies.OK;
    }

    private static Reply pause(Client client, byte[] millis) {
        client.node().loop().pause(Words.timeout(millis));
        return Replies.OK;
    }

    private static @Nullable Reply reply(Client client, byte[] how) {
        switch (Words.lower(how)) {
            case "on" -> {
                client.mute(false);
                return Replies.OK;
            }
            case "off" -> client.mute(true);
            case "skip" -> client.skipNext();
            default -> throw new Refusal(Refusal.SYNTAX);
        }
        return null;
    }

    private static String list(Node node) {
        StringBuilder text = new StringBuilder();
        long now = node.clock().millis();
        for (Connection connection : node.loop().clients().all()) {
            Client client = (Client) connection.session();
            String flags = (node.monitors().watches(connection) ? "O" : "") + (connection.blocked() ? "b" : "");
            text.append("id=").append(connection.id());
            text.append(" addr=").append(connection.address());
            text.append(" fd=").append(connection.id());
            text.append(" name=").append(client.name() == null ? "" : client.name());
            text.append(" age=").append((now - connection.since()) / 1000);
            text.append(" idle=").append((now - connection.lastHeard()) / 1000);
            text.append(" flags=").append(flags.isEmpty() ? "N" : flags);
            text.append(" qbuf=").append(connection.unread());
            text.append(" qbuf-free=0 obl=0 oll=0");
            text.append(" omem=").append(connection.unsent());
            text.append(" events=r cmd=").append(client.lastCommand());
            text.append('\n');
        }
        return text.toString();
    }

    private static Reply kill(Client client, byte[][] arguments) {
        if (arguments.length < 3) {
            throw new Refusal(Refusal.SYNTAX);
        }
        boolean old = arguments.length == 3;
        Predicate<Connection> wanted = old
                ? connection -> connection.address().equals(Words.text(arguments[2]))
                : Killing.read(arguments).wanted(client.connection());
        int killed = 0;
        boolean itself = false;
        for (Connection connection : client.node().loop().clients().all()) {
            if (wanted.test(connection)) {
                killed++;
                if (connection == client.connection()) {
                    itself = true;
                } else {
                    connection.close();
                }
            }
        }
        if (old && killed == 0) {
            throw new Refusal("ERR No such client");
        }
        int number = killed;
        Reply reply = old ? Replies.OK : Replies.integer(number);
        return itself ? Ready.closing(reply::write) : reply;
    }

    /** The newer form of KILL: options that all must hold. */
    private static final class Killing {
        private long id;
        private @Nullable String address;
        private boolean skipsItself = true;

        static Killing read(byte[][] words) {
            Killing killing = new Killing();
            for (int i = 2; i < words.length; i += 2) {
                if (i + 1 == words.length) {
                    throw new Refusal(Refusal.SYNTAX);
                }
                killing.read(Words.lower(words[i]), words[i + 1]);
            }
            return killing;
        }

        private void read(String option, byte[] value) {
            switch (option) {
                case "id" -> id = Words.number(value);
                case "addr" -> address = Words.text(value);
                case "type" -> {
                    if (!Words.is(value, "normal")) {
                        throw new Refusal("ERR Unknown client type '" + Words.raw(value) + "'");
                    }
                }
                case "skipme" -> {
                    if (!Words.is(value, "yes") && !Words.is(value, "no")) {
                        throw new Refusal(Refusal.SYNTAX);
                    }
                    skipsItself = Words.is(value, "yes");
                }
                default -> throw new Refusal(Refusal.SYNTAX);
            }
        }

        Predicate<Connection> wanted(Connection itself) {
            return connection -> (id == 0 || connection.id() == id)
                    && (address == null || connection.address().equals(address))
                    && !(skipsItself && connection == itself);
        }
    }
}
