// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Pause;
import dev.millrace.broker.QueueStatus;
import dev.millrace.cli.terminal.Figures;
import dev.millrace.cli.terminal.HumanDuration;
import dev.millrace.cli.terminal.JsonLine;
import dev.millrace.cli.terminal.TextTable;
import dev.millrace.cli.watch.Facets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code millrace queues}. */
@Command(name = "queues", description = "List the queues and what is in them.")
final class QueuesCommand implements Callable<Integer> {
    private final Root root;

    QueuesCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        try (Broker broker = root.open()) {
            List<QueueStatus> queues =
                    Facets.of(broker, Inspectable.class, "list queues").queues();
            if (root.json()) {
                queues.forEach(queue -> root.print(line(queue)));
            } else if (queues.isEmpty()) {
                root.print("no queues in " + broker.name());
            } else {
                table(queues).print(root.streams().out());
            }
        }
        return ExitCode.DONE;
    }

    private static TextTable table(List<QueueStatus> queues) {
        TextTable table = new TextTable("QUEUE", "READY", "WAITING", "LEASED", "DEAD", "OLDEST", "PAUSED");
        for (QueueStatus queue : queues) {
            table.row(
                    queue.queue().value(),
                    Figures.count(queue.ready()),
                    Figures.count(queue.waiting()),
                    Figures.count(queue.leased()),
                    Figures.count(queue.dead()),
                    queue.oldest().map(HumanDuration::format).orElse("-"),
                    queue.pause() == Pause.NONE ? "-" : word(queue.pause()));
        }
        return table;
    }

    private static String line(QueueStatus queue) {
        return new JsonLine()
                .put("queue", queue.queue().value())
                .put("ready", queue.ready())
                .put("waiting", queue.waiting())
                .put("leased", queue.leased())
                .put("dead", queue.dead())
                .put(
                        "oldestMs",
                        queue.oldest()
                                .map(Duration::toMillis)
                                .map(OptionalLong::of)
                                .orElse(OptionalLong.empty()))
                .put("paused", word(queue.pause()))
                .toString();
    }

    private static String word(Pause pause) {
        return pause.name().toLowerCase(Locale.ROOT);
    }
}
