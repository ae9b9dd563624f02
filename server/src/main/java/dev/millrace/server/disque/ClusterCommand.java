// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Node;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.Replies;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Reply;
import java.util.List;
import java.util.regex.Pattern;

/** {@code CLUSTER}, as a node answers that is alone and stays so. */
final class ClusterCommand {
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final List<String> INFO = List.of(
            "cluster_state:ok",
            "cluster_known_nodes:1",
            "cluster_reachable_nodes:0",
            "cluster_size:1",
            "cluster_stats_messages_sent:0",
            "cluster_stats_messages_received:0",
            "");
    private static final int LAST_PORT = 55_535;
    private static final int ID_LENGTH = 40;

    private ClusterCommand() {}

    static Reply begin(Client client, byte[][] arguments) {
        Node node = client.node();
        return switch (Words.lower(arguments[1]) + arguments.length) {
            case "meet4" -> throw meet(arguments);
            case "nodes2" -> Replies.bulk(nodes(node));
            case "myid2" -> Replies.bulk(node.ids().node());
            case "info2" -> Replies.bulk(String.join("\r\n", INFO));
            case "saveconfig2" -> Replies.OK;
            case "forget3" -> throw forget(node, arguments[2]);
            case "reset2" -> Replies.OK;
            case "reset3" -> reset(arguments[2]);
            case "leaving2" -> Replies.simple(node.leaving() ? "yes" : "no");
            case "leaving3" -> leaving(node, arguments[2]);
            default -> throw new Refusal("ERR Wrong CLUSTER subcommand or number of arguments");
        };
    }

    private static String nodes(Node node) {
        return node.ids().node() + " :" + node.surroundings().port().getAsInt() + " myself"
                + (node.leaving() ? ",leaving" : "") + " 0 0 connected\n";
    }

    private static Refusal meet(byte[][] arguments) {
        String address = Words.raw(arguments[2]);
        String port = Words.raw(arguments[3]);
        long number = Words.number(arguments[3], "ERR Invalid TCP port specified: " + port);
        if (!isAddress(address) || number <= 0 || number > LAST_PORT) {
            return new Refusal("ERR Invalid node address specified: " + address + ":" + port);
        }
        return new Refusal("ERR This server works alone: it joins no cluster");
    }

    private static boolean isAddress(String text) {
        return text.contains(":") || IPV4.matcher(text).matches();
    }

    private static Refusal forget(Node node, byte[] id) {
        if (id.length != ID_LENGTH) {
            return new Refusal("ERR Invalid node identifier");
        }
        String text = Words.raw(id);
        return text.equals(node.ids().node())
                ? new Refusal("ERR I tried hard but I can't forget myself...")
                : new Refusal("ERR Unknown node " + text);
    }

    private static Reply reset(byte[] how) {
        if (!Words.is(how, "hard") && !Words.is(how, "soft")) {
            throw new Refusal(Refusal.SYNTAX);
        }
        return Replies.OK;
    }

    /** A node that leaves takes no jobs and lets nobody wait; who waits is sent away. */
    private static Reply leaving(Node node, byte[] how) {
        if (!Words.is(how, "yes") && !Words.is(how, "no")) {
            throw new Refusal("ERR Wrong argument for CLUSTER LEAVING. Use 'yes' or 'no'");
        }
        node.leaving(Words.is(how, "yes"));
        if (node.leaving()) {
            node.loop().release();
        }
        return Replies.OK;
    }
}
