// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Connections;
import dev.millrace.resp.client.Wire;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Sends several commands at once and adds up their replies. All replies are read even if one is an error. */
record Several(Connections connections, List<Command<Integer>> commands) {
    /** More ids in one command would make the server deaf for others too long. */
    private static final int IDS_IN_ONE_COMMAND = 1000;

    /** Sends nothing for no ids, though a server would take it. */
    static int sum(
            Connections connections,
            Collection<DisqueJobId> ids,
            Function<Collection<DisqueJobId>, Command<Integer>> command) {
        if (ids.size() <= IDS_IN_ONE_COMMAND) {
            return ids.isEmpty() ? 0 : connections.call(command.apply(ids));
        }
        List<DisqueJobId> list = List.copyOf(ids);
        List<Command<Integer>> commands = new ArrayList<>();
        for (int from = 0; from < list.size(); from += IDS_IN_ONE_COMMAND) {
            commands.add(command.apply(list.subList(from, Math.min(list.size(), from + IDS_IN_ONE_COMMAND))));
        }
        return new Several(connections, commands).sum();
    }

    private int sum() {
        return connections.using(commands.get(0), wire -> {
            connections.begin(wire, commands.get(0));
            int sum = 0;
            DisqueServerException refused = null;
            send(wire);
            for (Command<Integer> command : commands) {
                connections.extend(wire, command);
                try {
                    sum += wire.receive(command);
                } catch (DisqueServerException e) {
                    refused = e;
                }
            }
            if (refused != null) {
                throw refused;
            }
            return sum;
        });
    }

    /** What was written before may have been executed, though the command that failed was not. */
    private void send(Wire wire) {
        for (Command<Integer> command : commands) {
            try {
                wire.send(command);
            } catch (DisqueConnectionException e) {
                throw command.equals(commands.get(0)) ? e : wire.lost(command, true, e);
            }
        }
    }
}
