// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Inspectable;
import dev.millrace.cli.watch.Facets;
import dev.millrace.job.QueueName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace dead list}. */
@Command(name = "list", description = "List dead letters with their reason, the oldest first.")
final class DeadListCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(index = "0", paramLabel = "QUEUE", description = "The queue.")
    String queue = "";

    @Mixin
    final CountOption count = new CountOption();

    DeadListCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        QueueName name = new QueueName(queue);
        int max = count.value();
        try (Broker broker = root.open()) {
            new JobLister(root)
                    .showDead(
                            Facets.of(broker, Inspectable.class, "list dead letters")
                                    .dead(name, max),
                            "no dead letters in " + name);
        }
        return ExitCode.DONE;
    }
}
