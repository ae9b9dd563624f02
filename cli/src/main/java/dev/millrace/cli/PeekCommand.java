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

/** {@code millrace peek}. */
@Command(name = "peek", description = "Show the jobs that workers get next, without taking them.")
final class PeekCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(index = "0", paramLabel = "QUEUE", description = "The queue.")
    String queue = "";

    @Mixin
    final CountOption count = new CountOption();

    PeekCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        QueueName name = new QueueName(queue);
        int max = count.value();
        try (Broker broker = root.open()) {
            new JobLister(root)
                    .show(Facets.of(broker, Inspectable.class, "peek").peek(name, max), "no ready jobs in " + name);
        }
        return ExitCode.DONE;
    }
}
