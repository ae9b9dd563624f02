// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Inspectable;
import dev.millrace.broker.Support;
import dev.millrace.cli.terminal.JsonLine;
import dev.millrace.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code millrace capabilities}. */
@Command(name = "capabilities", description = "Show what a broker can do, and how.")
final class CapabilitiesCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(index = "0", arity = "0..1", paramLabel = "URL", description = "The broker, in place of --broker.")
    @Nullable
    String url;

    CapabilitiesCommand(Root root) {
        this.root = root;
    }

    /** One thing that is said about a broker. */
    private record Word(String name, String value, String note) {}

    @Override
    public Integer call() {
        try (Broker broker = root.open(url)) {
            List<Word> words = words(broker);
            if (root.json()) {
                words.forEach(word -> root.print(new JsonLine()
                        .put("broker", broker.name())
                        .put("capability", word.name())
                        .put("value", word.value())
                        .put("note", word.note())
                        .toString()));
            } else {
                root.print(broker.name());
                TextTable table = new TextTable("CAPABILITY", "VALUE", "NOTE");
                words.forEach(word -> table.row(word.name(), word.value(), word.note()));
                table.print(root.streams().out());
            }
        }
        return ExitCode.DONE;
    }

    private static List<Word> words(Broker broker) {
        Capabilities capabilities = broker.capabilities();
        List<Word> words = new ArrayList<>();
        for (Feature feature : Feature.values()) {
            Support support = capabilities.of(feature);
            words.add(new Word(low(feature), low(support.level()), support.note()));
        }
        words.add(new Word("leases", low(capabilities.leases()), "who decides how long a delivery is a worker's own"));
        words.add(new Word("settles", low(capabilities.settles()), "what an acknowledgement ends"));
        words.add(new Word("attempts", low(capabilities.attempts()), "how exact they are counted"));
        words.add(new Word("ordering", low(capabilities.ordering()), "within a queue and priority"));
        words.add(role(broker, Addressable.class, "jobs can be found by id alone"));
        words.add(role(broker, Inspectable.class, "queues, peek, dead list"));
        words.add(new Word("peek", low(capabilities.peek()), "how far peek and dead list can look"));
        words.add(role(broker, Administrable.class, "dead redrive, dead purge"));
        return words;
    }

    private static Word role(Broker broker, Class<?> role, String note) {
        return new Word(
                role.getSimpleName().toLowerCase(Locale.ROOT),
                broker.facet(role).isPresent() ? "yes" : "no",
                note);
    }

    private static String low(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
