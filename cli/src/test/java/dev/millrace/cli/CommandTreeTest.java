// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandTreeTest {
    @TempDir
    Path folder;

    private final Cli cli = Cli.bare();

    /** All commands, each as the words that name it. */
    static List<List<String>> commands() {
        List<List<String>> all = new ArrayList<>();
        collect(CommandTree.build(TestSession.withoutStreams(Map.of())), List.of(), all);
        return all;
    }

    private static void collect(CommandLine command, List<String> path, List<List<String>> all) {
        all.add(path);
        command.getSubcommands().forEach((name, below) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            collect(below, longer, all);
        });
    }

    private Cli.Result run(List<String> path, String... more) {
        List<String> args = new ArrayList<>(path);
        args.addAll(List.of(more));
        return cli.run(args.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpAndVersionAndTheGlobalOptions(List<String> path) {
        for (String help : new String[] {"--help", "-h"}) {
            Cli.Result result = run(path, help);
            assertThat(result.code()).isZero();
            assertThat(result.err()).isEmpty();
            assertThat(result.out())
                    .startsWith("Usage: "
                            + String.join(" ", path)
                                    .transform(words -> "millrace " + words)
                                    .strip())
                    .contains("--broker", "--json", "--log-level", "--version");
            assertThat(result.out().lines()).allMatch(line -> line.length() <= 120);
        }
        assertThat(run(path, "--version").out()).startsWith("millrace ").contains("Java");
        assertThat(run(path, "-V").code()).isZero();
    }

    @Test
    void theVerbsAreThoseThatAreDocumentedAndNoOthers() {
        assertThat(commands().stream().filter(path -> path.size() == 1).map(List::getFirst))
                .containsExactly(
                        "demo",
                        "enqueue",
                        "work",
                        "serve",
                        "queues",
                        "peek",
                        "dead",
                        "capabilities",
                        "migrate",
                        "bench",
                        "chaos",
                        "doctor",
                        "completion");
    }

    @Test
    void globalOptionsStandBeforeOrAfterTheVerb() {
        String broker = "file:" + folder.resolve("jobs");
        cli.ok("--broker", broker, "enqueue", "q", "x");
        assertThat(cli.ok("--json", "--broker", broker, "peek", "q")).contains("\"body\":\"x\"");
        assertThat(cli.ok("peek", "q", "--json", "--broker=" + broker)).contains("\"body\":\"x\"");
        assertThat(cli.ok("--broker", broker, "dead", "--json", "purge", "q"))
                .isEqualTo("{\"queue\":\"q\",\"purged\":0}\n");
    }

    @Test
    void theOptionGoesBeforeTheVariable() {
        Cli elsewhere = Cli.in(folder.resolve("elsewhere"));
        elsewhere.ok("enqueue", "q", "x", "--broker", "file:" + folder.resolve("here"));
        assertThat(elsewhere.ok("queues", "--json")).isEmpty();
        assertThat(elsewhere.ok("queues", "--json", "--broker", "file:" + folder.resolve("here")))
                .contains("\"ready\":1");
    }

    @Test
    void aCommandThatIsNoneIsAnsweredWithOnesThatAre() {
        assertThat(cli.run("enqueu", "q", "x"))
                .isEqualTo(new Cli.Result(
                        ExitCode.USAGE,
                        "",
                        "millrace: no such command: enqueu q x; did you mean enqueue or queues or bench?"
                                + " (see millrace --help)\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dead"})
    void aCommandWithoutItsSecondWordIsIncomplete(String words) {
        Cli.Result result = words.isEmpty() ? cli.run() : cli.run(words);
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("Missing required subcommand").hasLineCount(1);
    }

    @Test
    void brokersThatCannotBeOpenedAreSaidWithWhatToDo() {
        assertThat(cli.run("queues", "--broker", "redis"))
                .satisfies(result -> assertThat(result.err()).contains("has no scheme; write it like file:./jobs"));
        assertThat(cli.run("queues", "--broker", "kafka://x"))
                .satisfies(
                        result -> assertThat(result.err())
                                .contains(
                                        "unknown scheme \"kafka\"; known here are amqp, amqps, broken, disque, disques, file, jdbc, mem"));
        assertThat(cli.run("queues", "--broker", "mem:?size=3"))
                .satisfies(result -> assertThat(result.err()).contains("unknown option \"size\"; known are"))
                .satisfies(result -> assertThat(result.code()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void passwordsAreMasked() {
        assertThat(cli.run("queues", "--broker", "kafka://ann:geheim@h/0?password=geheim")
                        .err())
                .contains("kafka://ann:***@h/0?password=***")
                .doesNotContain("geheim");
    }

    @Test
    void logLevelsAreNamed() {
        assertThat(cli.run("queues", "--log-level", "loud").err())
                .contains("\"loud\" is none of off, error, warning, info, debug, trace");
        assertThat(cli.run("queues", "--log-level", "DEBUG", "--broker", "mem:").code())
                .isZero();
    }

    @Test
    void aStackTraceIsForThoseWhoDebug() {
        String[] wrong = {"queues", "--broker", "nothing:"};
        assertThat(cli.run(wrong).err()).hasLineCount(1);
        assertThat(cli.run("queues", "--broker", "nothing:", "--log-level", "debug")
                        .err())
                .contains("IllegalArgumentException", "\tat ");
    }
}
