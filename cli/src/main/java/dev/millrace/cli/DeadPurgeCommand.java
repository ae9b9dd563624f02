// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.cli.terminal.Figures;
import dev.millrace.cli.terminal.JsonLine;
import dev.millrace.cli.watch.Facets;
import dev.millrace.job.QueueName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code millrace dead purge}. */
@Command(name = "purge", description = "Throw all dead letters of a queue away, without asking.")
final class DeadPurgeCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(index = "0", paramLabel = "QUEUE", description = "The queue.")
    String queue = "";

    DeadPurgeCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        QueueName name = new QueueName(queue);
        try (Broker broker = root.open()) {
            long purged = Facets.of(broker, Administrable.class, "purge").purgeDead(name);
            root.print(
                    root.json()
                            ? new JsonLine()
                                    .put("queue", queue)
                                    .put("purged", purged)
                                    .toString()
                            : "purged " + Figures.of(purged, "dead letter") + " of " + name);
        }
        return ExitCode.DONE;
    }
}
