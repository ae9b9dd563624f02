// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.conformance;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/*
 * The page as text: a heading, a few words, and one table of promises by brokers, with two rows more that say what the
 * contract ran against.
 *
 *   | promise | what it means | `file:` | `mem:` | proven by |
 *   |---|---|---|---|---|
 *   | delay | a job waits before it can be received | native | native | `Delays.delayedJobIsNotThere…` |
 *
 * Only the brokers' cells are read back; everything else follows from the code, but for when a contract last ran against a
 * server that not every build has. One test proves a row for all brokers:
 * it asks the broker first whether it has what is promised, and is then the proof of that or of its refusal.
 */
final class CapabilityPage {
    private static final String BEGINNING = """
            # What each broker can do

            Written by the contract that every broker is held to ([`testkit`](testkit)), from what the broker declares;
            the build fails when page and broker differ. `native`: the broker does it itself. `emulated`: Millrace does
            it with other means of the broker, at the cost in brackets. `none`: it cannot be had, and asking for it is
            refused before anything is sent. The test in the last column proves one or the other of every broker in the
            table. The last two rows say what the contract runs against: in every build, and, with the day of the last run
            that passed, where somebody has the server. What the rows mean for a program is in
            [docs/capabilities.md](docs/capabilities.md).

            """;

    private static final String ENDING = """

            To write it anew: `./mvnw -pl brokers/embedded -am test -Dtest=CapabilitiesTest
            -Dsurefire.failIfNoSpecifiedTests=false -Dmillrace.capabilities.write=true`, and the same for each other broker.
            The last row is written by [a run that has the server](docs/capabilities.md#against-your-own-server).
            """;

    private static final String ALWAYS = "every build";
    private static final String LAST = "last run elsewhere";
    private static final String NOTHING = "-";
    private static final int BEFORE_BROKERS = 2;
    private static final String UNKNOWN = "?";

    /** By the broker's name, then by the promise's. */
    private final Map<String, Map<String, String>> columns;

    private final Map<Promise, List<String>> proofs;

    private CapabilityPage(Map<String, Map<String, String>> columns, Map<Promise, List<String>> proofs) {
        this.columns = columns;
        this.proofs = proofs;
    }

    static CapabilityPage parse(String text) {
        List<String[]> rows = text.lines()
                .filter(line -> line.startsWith("|") && !line.startsWith("|--"))
                .map(line -> line.substring(1, line.length() - 1).split("\\|"))
                .toList();
        Map<String, Map<String, String>> columns = new LinkedHashMap<>();
        if (!rows.isEmpty()) {
            String[] head = rows.get(0);
            for (int i = BEFORE_BROKERS; i < head.length - 1; i++) {
                Map<String, String> column = new LinkedHashMap<>();
                for (String[] row : rows.subList(1, rows.size())) {
                    column.put(row[0].strip(), i < row.length ? row[i].strip() : UNKNOWN);
                }
                columns.put(head[i].strip(), column);
            }
        }
        return new CapabilityPage(columns, Map.of());
    }

    CapabilityPage with(
            String broker, Map<Promise, String> words, Map<Promise, List<String>> proven, ContractServers servers) {
        Map<String, String> column = new LinkedHashMap<>();
        words.forEach((promise, word) -> column.put(name(promise), word.replace('|', '/')));
        column.put(ALWAYS, or(servers.always(), NOTHING));
        column.put(
                LAST, last(columns.getOrDefault(code(broker), Map.of()).getOrDefault(LAST, ""), servers.elsewhere()));
        return with(broker, column, proven);
    }

    /** The same with the day of a run against a server that not every build has. */
    CapabilityPage ran(String broker, String server, LocalDate day, Map<Promise, List<String>> proven) {
        Map<String, String> column = new LinkedHashMap<>(columns.getOrDefault(code(broker), Map.of()));
        column.put(LAST, day + ", " + server);
        return with(broker, column, proven);
    }

    private CapabilityPage with(String broker, Map<String, String> column, Map<Promise, List<String>> proven) {
        Map<String, Map<String, String>> all = new LinkedHashMap<>(columns);
        all.put(code(broker), column);
        return new CapabilityPage(all, proven);
    }

    /** What is written there, if it is a day and such a server. */
    private static String last(String written, String server) {
        if (server.isEmpty()) {
            return NOTHING;
        }
        String run = "\\d{4}-\\d\\d-\\d\\d, " + Pattern.quote(server) + "( .+)?";
        return written.matches(run) ? written : "never, " + server;
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    /** Whether the page says these words of a broker. */
    boolean says(String broker, Map<Promise, String> words) {
        Map<String, String> column = columns.getOrDefault(code(broker), Map.of());
        return words.entrySet().stream()
                .allMatch(word -> word.getValue().replace('|', '/').equals(column.get(name(word.getKey()))));
    }

    String text() {
        Stream<String> head = Stream.of(
                row(cells("promise", "what it means", columns.keySet().stream(), "proven by")),
                "|" + "---|".repeat(columns.size() + BEFORE_BROKERS + 1));
        Stream<String> rows = Arrays.stream(Promise.values()).map(this::row);
        Stream<String> servers = Stream.of(
                row(ALWAYS, "what every build runs the contract against", ""),
                row(LAST, "when it last ran against what not every build has", ""));
        return BEGINNING
                + Stream.of(head, rows, servers).flatMap(lines -> lines).collect(Collectors.joining("\n", "", "\n"))
                + ENDING;
    }

    private String row(Promise promise) {
        String tests = proofs.getOrDefault(promise, List.of()).stream()
                .map(CapabilityPage::code)
                .collect(Collectors.joining(", "));
        return row(name(promise), promise.meaning(), tests);
    }

    private String row(String name, String meaning, String last) {
        return row(cells(
                name, meaning, columns.values().stream().map(column -> column.getOrDefault(name, UNKNOWN)), last));
    }

    private static Stream<String> cells(String first, String second, Stream<String> brokers, String last) {
        return Stream.of(Stream.of(first, second), brokers, Stream.of(last)).flatMap(cells -> cells);
    }

    private static String row(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String name(Promise promise) {
        return promise.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
