// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.server.commands.Authentication;
import dev.millrace.server.commands.Command;
import dev.millrace.server.commands.CommandTable;
import dev.millrace.server.commands.Group;
import dev.millrace.server.commands.Handler;
import dev.millrace.server.commands.Node;
import dev.millrace.server.listening.Phase;
import java.util.ArrayList;
import java.util.List;

/** All commands. The first part is Disque's, in its arities and flags; the second is ours. */
final class DisqueCommands {
    private final CommandTable table;
    private final List<Command> listed = new ArrayList<>();

    private DisqueCommands(CommandTable table) {
        this.table = table;
    }

    static void addTo(CommandTable table, Node node) {
        DisqueCommands commands = new DisqueCommands(table);
        commands.ofDisque(node);
        commands.ours();
    }

    // spotless:off
    private void ofDisque(Node node) {
        AddJob addJob = new AddJob(node.settings().retryClock());
        disque("addjob", -4, "write denyoom fast").is(Group.ADD, Phase.ADD, addJob::begin);
        disque("getjob", -2, "write fast").is(Group.WORK, Phase.TAKE, GetJob::begin);
        disque("ackjob", -1, "write fast").is(Group.WORK, Phase.CHANGE, Settling::ack);
        disque("fastack", -1, "write fast").is(Group.WORK, Phase.CHANGE, Settling::ack);
        disque("nack", -1, "write denyoom fast").is(Group.WORK, Phase.CHANGE, Settling::nack);
        disque("working", 2, "write fast").is(Group.WORK, Phase.CHANGE, Settling::working);
        disque("enqueue", -1, "write denyoom fast").is(Group.MANAGE, Phase.CHANGE, Settling::enqueue);
        disque("dequeue", -1, "write fast").is(Group.MANAGE, Phase.CHANGE, Settling::dequeue);
        disque("deljob", -1, "write fast").is(Group.MANAGE, Phase.CHANGE, Settling::delete);
        disque("pause", -3, "readonly fast").is(Group.MANAGE, Phase.CHANGE, PauseQueue::begin);
        disque("show", 2, "readonly fast").is(Group.LOOK, Phase.LOOK, Looking::show);
        disque("qlen", 2, "readonly fast").is(Group.LOOK, Phase.LOOK, Looking::length);
        disque("qpeek", 3, "readonly").is(Group.LOOK, Phase.LOOK, Looking::peek);
        disque("qstat", 2, "readonly fast").is(Group.LOOK, Phase.LOOK, Looking::stat);
        disque("qscan", -1, "readonly").is(Group.LOOK, Phase.LOOK, Scanning::queues);
        disque("jscan", -1, "readonly").is(Group.LOOK, Phase.LOOK, Scanning::jobs);
        disque("info", -1, "readonly loading").is(Group.LOOK, Phase.ALONE, new Info(node)::begin);
        disque("auth", 2, "readonly loading fast").is(Group.CONNECTION, Phase.ALONE, Authentication::begin);
        disque("ping", -1, "readonly fast").is(Group.CONNECTION, Phase.FREE, Small::ping);
        disque("time", 1, "readonly fast").is(Group.CONNECTION, Phase.FREE, Small::time);
        disque("hello", 1, "readonly fast").is(Group.CONNECTION, Phase.FREE, Small::hello);
        disque("command", 0, "readonly loading")
                .is(Group.CONNECTION, Phase.FREE, new CommandCommand(table, listed)::begin);
        disque("client", -2, "readonly admin").is(Group.ADMIN, Phase.ALONE, ClientCommand::begin);
        disque("config", -2, "readonly admin").is(Group.ADMIN, Phase.ALONE, new ConfigCommand(node)::begin);
        disque("cluster", -2, "readonly admin").is(Group.ADMIN, Phase.ALONE, ClusterCommand::begin);
        disque("debug", -2, "admin").is(Group.ADMIN, Phase.ALONE, DebugCommand::begin);
        disque("monitor", 1, "readonly admin").is(Group.ADMIN, Phase.ALONE, Small::monitor);
        disque("shutdown", -1, "readonly admin loading").is(Group.ADMIN, Phase.ALONE, Small::shutdown);
        disque("latency", -2, "readonly admin loading").is(Group.ADMIN, Phase.FREE, Small::latency);
        disque("slowlog", -2, "readonly").is(Group.ADMIN, Phase.FREE, Small::slowLog);
        disque("bgrewriteaof", 1, "readonly admin").is(Group.ADMIN, Phase.FREE, Small::rewrite);
        disque("loadjob", 2, "write").is(Group.ADMIN, Phase.FREE, Small::loadJob);
    }

    private void ours() {
        ours("quit", -1, "fast").is(Group.CONNECTION, Phase.ALONE, Small::quit);
        ours("deadjob", -3, "write").is(Group.WORK, Phase.CHANGE, Settling::bury);
        ours("revive", -2, "write").is(Group.MANAGE, Phase.CHANGE, Settling::revive);
        ours("waitjob", 3, "readonly").is(Group.ADD, Phase.ALONE, Extras::await);
        ours("findjob", 2, "readonly fast").is(Group.LOOK, Phase.LOOK, Looking::find);
        ours("deadlist", 3, "readonly").is(Group.LOOK, Phase.ALONE, Extras::dead);
        ours("redrive", -2, "write").is(Group.MANAGE, Phase.ALONE, Extras::redrive);
        ours("deadpurge", 2, "write").is(Group.MANAGE, Phase.ALONE, Extras::purgeDead);
        ours("purge", 2, "write").is(Group.MANAGE, Phase.ALONE, Extras::purge);
    }
    // spotless:on

    /** The second half of a row. */
    @FunctionalInterface
    private interface Rest {
        void is(Group group, Phase phase, Handler handler);
    }

    private Rest disque(String name, int arity, String flags) {
        return (group, phase, handler) -> {
            Command command = command(name, arity, flags).is(group, phase, handler);
            listed.add(command);
            table.add(command);
        };
    }

    private Rest ours(String name, int arity, String flags) {
        return (group, phase, handler) -> table.add(command(name, arity, flags).is(group, phase, handler));
    }

    private static Command.Begun command(String name, int arity, String flags) {
        return Command.named(name, arity, flags, DisqueWording.WORDING);
    }
}
