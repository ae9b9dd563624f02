// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.exec;

import dev.millrace.cli.terminal.Streams;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Starts one and the same command again and again, and knows those that run. Thread-safe. */
final class Shell {
    private final String command;
    private final Streams streams;
    private final List<String> leader;
    private final Set<RunningCommand> running = ConcurrentHashMap.newKeySet();

    Shell(String command, Streams streams) {
        this(command, streams, ProcessGroup.leader(System.getenv().getOrDefault("PATH", "/usr/bin:/bin")));
    }

    Shell(String command, Streams streams, List<String> leader) {
        this.command = command;
        this.streams = streams;
        this.leader = leader;
    }

    /** Starts the command; its standard input is a pipe, its output goes where ours does. */
    RunningCommand start(Map<String, String> variables) throws IOException {
        List<String> line = new ArrayList<>(leader);
        line.addAll(List.of("sh", "-c", command));
        ProcessBuilder builder = new ProcessBuilder(line);
        Environment.replace(builder.environment(), variables);
        if (streams.ofProcess()) {
            streams.out().flush();
            builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
        }
        RunningCommand started = new RunningCommand(builder.start(), streams, running::remove);
        running.add(started);
        return started;
    }

    /** Ends all that run, at once. */
    void killAll() {
        ProcessGroup.of(running.stream().map(RunningCommand::process).toList()).signal(ProcessGroup.KILL);
    }
}
