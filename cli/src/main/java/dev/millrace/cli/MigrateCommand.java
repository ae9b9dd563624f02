// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.broker.Brokers;
import dev.millrace.cli.terminal.JsonLine;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace migrate}. */
@Command(
        name = "migrate",
        description = "Make or update the tables of a broker that has some, such as jdbc:. Prints the statements.")
final class MigrateCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(index = "0", arity = "0..1", paramLabel = "URL", description = "The broker, in place of --broker.")
    @Nullable
    String url;

    @Option(names = "--dry-run", description = "Only print the statements that are missing.")
    boolean dryRun;

    MigrateCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        String broker = url == null ? root.brokerUrl() : url;
        List<String> steps = dryRun ? Brokers.missingSteps(broker) : Brokers.migrate(broker);
        if (steps.isEmpty()) {
            root.note("nothing is missing");
        }
        for (String step : steps) {
            root.print(
                    root.json()
                            ? new JsonLine()
                                    .put("statement", step)
                                    .put("done", !dryRun)
                                    .toString()
                            : step + ";");
        }
        return ExitCode.DONE;
    }
}
