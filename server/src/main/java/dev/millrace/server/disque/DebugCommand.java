// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.hosting.Call;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.Replies;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Ready;
import dev.millrace.server.listening.Reply;

/** {@code DEBUG FLUSHALL | SLEEP s | ERROR text | STRUCTSIZE}: for tests; the server can be told to refuse it. */
final class DebugCommand {
    private static final double MILLIS = 1000;
    private static final String SIZES =
            "bits:64 job:120 queue:96 robj:16 dictentry:24 sdshdr5:1 sdshdr8:3 sdshdr16:5" + " sdshdr32:9 sdshdr64:17 ";

    private DebugCommand() {}

    static Reply begin(Client client, byte[][] arguments) {
        if (!client.node().settings().debug()) {
            throw new Refusal("ERR DEBUG is switched off on this server");
        }
        String what = Words.lower(arguments[1]);
        if (what.equals("flushall")) {
            return flush(client);
        }
        return switch (what + arguments.length) {
            case "sleep3" -> sleep(client, Words.raw(arguments[2]));
            case "error3" -> {
                String text = Words.raw(arguments[2]);
                yield Ready.of(out -> out.error(text));
            }
            case "structsize2" -> Replies.bulk(SIZES);
            default ->
                throw new Refusal("ERR Unknown DEBUG subcommand or wrong number of arguments for '"
                        + Words.raw(arguments[1]) + "'");
        };
    }

    private static Reply flush(Client client) {
        Replies.Of<Long> reply = Replies.Of.holding(client, (out, jobs) -> out.simpleString("OK"));
        return reply.asking(new Call.Flush(reply));
    }

    /** Answers later; unlike the original it lets all others go on. */
    private static Reply sleep(Client client, String text) {
        double seconds;
        try {
            seconds = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            seconds = 0;
        }
        Replies.Of<Boolean> reply = Replies.Of.holding(client, (out, slept) -> out.simpleString("OK"));
        client.node().loop().schedule(() -> reply.give(true), Math.max(0, Math.round(seconds * MILLIS)));
        return reply;
    }
}
