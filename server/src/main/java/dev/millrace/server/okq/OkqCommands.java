// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.okq;

import dev.millrace.server.commands.Command;
import dev.millrace.server.commands.CommandTable;
import dev.millrace.server.commands.Group;
import dev.millrace.server.listening.Phase;

/** All commands of okq. What is said to more words than a command needs is nothing, as in the original. */
public final class OkqCommands {
    private final Consumers consumers = new Consumers();
    private final Notifying notifying = new Notifying(consumers);
    private final Status status = new Status(consumers);

    /**
     * Adds them to a table, which may have others.
     *
     * @param table where to
     */
    // spotless:off
    public void addTo(CommandTable table) {
        table.add(okq("qlpush", -4, "write").is(Group.ADD, Phase.ADD, Pushing::left));
        table.add(okq("qrpush", -4, "write").is(Group.ADD, Phase.ADD, Pushing::right));
        table.add(okq("qlpeek", -2, "readonly").is(Group.LOOK, Phase.LOOK, Peeking::left));
        table.add(okq("qrpeek", -2, "readonly").is(Group.LOOK, Phase.LOOK, Peeking::right));
        table.add(okq("qrpop", -2, "write").is(Group.WORK, Phase.TAKE, Popping::begin));
        table.add(okq("qack", -3, "write").is(Group.WORK, Phase.CHANGE, Acknowledging::begin));
        table.add(okq("qregister", -1, "readonly").is(Group.WORK, Phase.FREE, notifying::register));
        table.add(okq("qnotify", -2, "readonly").is(Group.WORK, Phase.TAKE, notifying::begin));
        table.add(okq("qflush", -2, "write").is(Group.MANAGE, Phase.CHANGE, Flushing::begin));
        table.add(okq("qstatus", -1, "readonly").is(Group.LOOK, Phase.LOOK, status::rows));
        table.add(okq("qinfo", -1, "readonly").is(Group.LOOK, Phase.LOOK, status::lines));
    }
    // spotless:on

    static Command.Begun okq(String name, int arity, String flags) {
        return Command.named(name, arity, flags + " fast", OkqWording.WORDING);
    }
}
