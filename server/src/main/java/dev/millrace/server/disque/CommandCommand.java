// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Command;
import dev.millrace.server.commands.CommandTable;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.Replies;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Ready;
import dev.millrace.server.listening.Reply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code COMMAND}, {@code COMMAND COUNT} and {@code COMMAND INFO name…}. What this server has beyond Disque is found by
 * its name only, so that the list and the count are those that clients know.
 */
final class CommandCommand {
    private final CommandTable commands;
    private final List<Command> listed;

    /**
     * The command.
     *
     * @param commands where commands are found by their name
     * @param listed those of Disque
     */
    CommandCommand(CommandTable commands, List<Command> listed) {
        this.commands = commands;
        this.listed = listed;
    }

    Reply begin(Client client, byte[][] arguments) {
        if (arguments.length == 1) {
            return list(new ArrayList<>(listed));
        }
        if (Words.is(arguments[1], "count") && arguments.length == 2) {
            return Replies.integer(listed.size());
        }
        if (Words.is(arguments[1], "info")) {
            List<@Nullable Command> asked = new ArrayList<>();
            for (byte[] name : Words.from(arguments, 2)) {
                CommandTable.Row row = commands.find(name);
                asked.add(row == null ? null : row.command());
            }
            return list(asked);
        }
        throw new Refusal("ERR Unknown subcommand or wrong number of arguments.");
    }

    private static Reply list(List<@Nullable Command> asked) {
        return Ready.of(out -> {
            out.arrayHeader(asked.size());
            asked.forEach(command -> write(out, command));
        });
    }

    private static void write(ReplyWriter out, @Nullable Command command) {
        if (command == null) {
            out.nullBulk();
            return;
        }
        out.arrayHeader(6).bulk(command.name()).integer(command.arity());
        out.arrayHeader(command.flags().size());
        command.flags().forEach(out::simpleString);
        out.integer(0).integer(0).integer(0);
    }
}
