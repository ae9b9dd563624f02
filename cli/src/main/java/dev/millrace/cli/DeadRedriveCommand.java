// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.cli.terminal.Figures;
import dev.millrace.cli.terminal.JsonLine;
import dev.millrace.cli.watch.Facets;
import dev.millrace.job.QueueName;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace dead redrive}. */
@Command(
        name = "redrive",
        description = "Make dead letters ready again, the oldest first, as if they had never been tried.")
final class DeadRedriveCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(index = "0", paramLabel = "QUEUE", description = "The queue.")
    String queue = "";

    @Option(names = "--count", paramLabel = "N", description = "How many at most; all if nothing is said.")
    @Nullable
    Integer count;

    DeadRedriveCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        QueueName name = new QueueName(queue);
        int max = count == null ? Integer.MAX_VALUE : Numbers.atLeastOne("--count", count);
        try (Broker broker = root.open()) {
            long redriven = Facets.of(broker, Administrable.class, "redrive").redrive(name, max);
            root.print(
                    root.json()
                            ? new JsonLine()
                                    .put("queue", queue)
                                    .put("redriven", redriven)
                                    .toString()
                            : "redrove " + Figures.of(redriven, "job") + " of " + name);
        }
        return ExitCode.DONE;
    }
}
