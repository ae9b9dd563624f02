// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Node;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.Replies;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Ready;
import dev.millrace.server.listening.Reply;
import java.time.Instant;
import java.util.List;

/** {@code PING QUIT TIME HELLO MONITOR SHUTDOWN BGREWRITEAOF LOADJOB LATENCY SLOWLOG}: commands of a few lines. */
final class Small {
    private static final Reply PONG = Replies.simple("PONG");
    private static final Reply BYE = Ready.closing(out -> out.simpleString("OK"));
    private static final Reply NOTHING_SAID = Ready.closing(out -> {});
    private static final int PRIORITY_FINE = 1;
    private static final int PRIORITY_LEAVING = 100;

    private Small() {}

    static Reply ping(Client client, byte[][] arguments) {
        if (arguments.length > 2) {
            throw new Refusal("ERR wrong number of arguments for 'ping' command");
        }
        return arguments.length == 1 ? PONG : Ready.of(out -> out.bulk(arguments[1]));
    }

    static Reply quit(Client client, byte[][] arguments) {
        return BYE;
    }

    static Reply time(Client client, byte[][] arguments) {
        Instant now = client.node().clock().instant();
        return Replies.bulks(List.of(Long.toString(now.getEpochSecond()), Integer.toString(now.getNano() / 1000)));
    }

    static Reply hello(Client client, byte[][] arguments) {
        Node node = client.node();
        String id = node.ids().node();
        String port = Integer.toString(node.surroundings().port().getAsInt());
        String priority = Integer.toString(node.leaving() ? PRIORITY_LEAVING : PRIORITY_FINE);
        return Ready.of(out -> out.arrayHeader(3)
                .integer(1)
                .bulk(id)
                .arrayHeader(4)
                .bulk(id)
                .bulk("")
                .bulk(port)
                .bulk(priority));
    }

    static Reply monitor(Client client, byte[][] arguments) {
        client.node().monitors().add(client.connection());
        return Replies.OK;
    }

    /** Ends the server; like the original it says nothing. */
    static Reply shutdown(Client client, byte[][] arguments) {
        if (arguments.length > 2 || (arguments.length == 2 && !Words.is(arguments[1], "rewrite-aof"))) {
            throw new Refusal(Refusal.SYNTAX);
        }
        client.node().surroundings().shutdown().run();
        return NOTHING_SAID;
    }

    /** The broker keeps its files small by itself. */
    static Reply rewrite(Client client, byte[][] arguments) {
        return Replies.simple("Background append only file rewriting started");
    }

    static Reply loadJob(Client client, byte[][] arguments) {
        return Ready.of(out -> out.error("ERR LOADJOB is a special command only processed from AOF"));
    }

    /** Nothing is sampled; whoever asks finds nothing. */
    static Reply latency(Client client, byte[][] arguments) {
        String what = Words.lower(arguments[1]);
        return switch (what + arguments.length) {
            case "history3", "latest2" -> GetJob.none();
            case "graph3" -> throw new Refusal("ERR No samples available for event '" + Words.raw(arguments[2]) + "'");
            case "doctor2" -> Replies.bulk("This server samples no latencies.\n");
            default -> {
                if (what.equals("reset")) {
                    yield Replies.integer(0);
                }
                throw new Refusal(Refusal.SYNTAX);
            }
        };
    }

    /** No log of slow commands is kept. */
    static Reply slowLog(Client client, byte[][] arguments) {
        return switch (Words.lower(arguments[1]) + arguments.length) {
            case "reset2" -> Replies.OK;
            case "len2" -> Replies.integer(0);
            case "get2" -> GetJob.none();
            case "get3" -> {
                Words.number(arguments[2]);
                yield GetJob.none();
            }
            default -> throw new Refusal("ERR Unknown SLOWLOG subcommand or wrong # of args. Try GET, RESET, LEN.");
        };
    }
}
