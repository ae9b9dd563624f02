// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.exec;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts commands as leaders of process groups of their own, and signals whole groups. A group of its own is what makes
 * Ctrl-C in a terminal reach us and not the commands, and what makes a time limit end children whose parent is gone
 * already. It takes {@code setsid}; where that is missing (macOS), the tree of processes of that moment is signalled.
 */
final class ProcessGroup {
    /** Asks to end. */
    static final String TERM = "TERM";

    /** Ends at once. */
    static final String KILL = "KILL";

    private static final long SIGNAL_SECONDS = 5;

    private final List<String> groups = new ArrayList<>();
    private final Set<ProcessHandle> members = new LinkedHashSet<>();

    private ProcessGroup() {}

    /** What to put before a command so that it leads a group: nothing where that cannot be had. */
    static List<String> leader(String path) {
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> new File(folder, "setsid"))
                .filter(File::canExecute)
                .map(File::getPath)
                .limit(1)
                .toList();
    }

    /** All that these commands are at this moment. */
    static ProcessGroup of(Collection<Process> commands) {
        ProcessGroup group = new ProcessGroup();
        for (Process command : commands) {
            group.groups.add("-" + command.pid());
            group.members.add(command.toHandle());
        }
        group.findChildren();
        return group;
    }

    /** Whoever was found once is remembered: a child whose parent is gone cannot be found again. */
    private void findChildren() {
        for (ProcessHandle member : List.copyOf(members)) {
            member.descendants().forEach(members::add);
        }
    }

    void signal(String name) {
        findChildren();
        if (!groups.isEmpty()) {
            signalGroups(name);
        }
        for (ProcessHandle member : members) {
            if (name.equals(KILL)) {
                member.destroyForcibly();
            } else {
                member.destroy();
            }
        }
    }

    private void signalGroups(String name) {
        List<String> kill = new ArrayList<>(List.of("sh", "-c", "kill -s \"$0\" -- \"$@\" 2>/dev/null", name));
        kill.addAll(groups);
        try {
            new ProcessBuilder(kill)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(SIGNAL_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            // No shell to signal the group with: its members are signalled one by one.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
