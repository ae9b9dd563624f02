// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.resp.client.Command;
import dev.millrace.resp.client.Connections;
import dev.millrace.resp.client.Wire;
import java.util.ArrayList;
import java.util.List;

/*
 * Adds many jobs over one connection. Commands are written in groups, and the next group is on its way before the replies to
 * the last one are read, so that the server never waits. At most WINDOW replies are unread: a server that does not read on
 * before its replies are taken cannot lock itself up with us.
 */
final class BulkAdd {
    private static final int WINDOW = 512;
    private static final int GROUP = 128;

    private final Connections connections;
    private final List<AddJob> jobs;
    private final List<Command<DisqueJobId>> commands;
    private final List<AddResult> results;

    BulkAdd(Connections connections, List<AddJob> jobs) {
        this.connections = connections;
        this.jobs = List.copyOf(jobs);
        this.commands = new ArrayList<>(jobs.size());
        this.results = new ArrayList<>(jobs.size());
    }

    /** One result for each job, in their order. */
    List<AddResult> run() {
        if (jobs.isEmpty()) {
            return List.of();
        }
        Command<DisqueJobId> first = Commands.add(jobs.get(0));
        try {
            return connections.using(first, this::pipeline);
        } catch (DisqueConnectionException e) {
            return fail(e);
        }
    }

    private List<AddResult> pipeline(Wire wire) {
        while (results.size() < jobs.size()) {
            try {
                writeGroup(wire);
                int unreadBelow = commands.size() == jobs.size() ? 0 : WINDOW - GROUP;
                while (commands.size() - results.size() > unreadBelow) {
                    readOne(wire);
                }
            } catch (DisqueConnectionException e) {
                return fail(e);
            }
        }
        return results;
    }

    private void writeGroup(Wire wire) {
        int end = Math.min(jobs.size(), commands.size() + GROUP);
        while (commands.size() < end) {
            Command<DisqueJobId> command = Commands.add(jobs.get(commands.size()));
            if (commands.isEmpty()) {
                connections.begin(wire, command);
            } else {
                connections.extend(wire, command);
            }
            commands.add(command);
            wire.send(command);
        }
        wire.flushGroup(commands.get(results.size()));
    }

    private void readOne(Wire wire) {
        Command<DisqueJobId> command = commands.get(results.size());
        connections.extend(wire, command);
        try {
            results.add(AddResult.added(wire.receiveOnly(command)));
        } catch (DisqueServerException | DisqueProtocolException e) {
            results.add(AddResult.failed(e));
        }
    }

    /** What was written may have arrived; what was not has not. */
    private List<AddResult> fail(DisqueConnectionException cause) {
        String lost = "the connection to " + connections.server() + " was lost while " + jobs.size()
                + " jobs were being added; this one ";
        while (results.size() < jobs.size()) {
            boolean written = results.size() < commands.size();
            String fate = written ? "may have been stored" : "was not sent";
            results.add(AddResult.failed(new DisqueConnectionException(written, lost + fate, cause)));
        }
        return results;
    }
}
