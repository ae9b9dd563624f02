// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.util.List;

/** Sends several commands at once and adds up their replies. All replies are read even if one is an error. */
record Several(Connections connections, List<Command<Integer>> commands) {
    int sum() {
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
