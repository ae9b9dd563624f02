// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** What {@code docs/cli.md} says is what there is. */
class DocumentationTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^## ");
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":");

    @TempDir
    Path folder;

    private static String page() throws IOException {
        return Files.readString(Path.of(System.getProperty("millrace.root"), "docs", "cli.md"));
    }

    /** The part of the page about a command, or about all of them. */
    private static String section(String title) throws IOException {
        return HEADING.splitAsStream(page())
                .filter(part -> part.startsWith(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/cli.md has no heading ## " + title));
    }

    static Stream<CommandLine> commands() {
        return CommandTree.build(TestSession.withoutStreams(Map.of())).getSubcommands().values().stream()
                .flatMap(command -> command.getSubcommands().isEmpty()
                        ? Stream.of(command)
                        : command.getSubcommands().values().stream());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyArgumentAndOptionIsDescribed(CommandLine command) throws IOException {
        String name = command.getCommandSpec().qualifiedName();
        String own = section("`" + name);
        String shared = section("What all verbs share");
        for (ArgSpec argument : command.getCommandSpec().args()) {
            List<String> words = argument instanceof CommandLine.Model.OptionSpec option
                    ? Arrays.asList(option.names())
                    : List.of(argument.paramLabel());
            boolean inherited = argument.inherited() || words.contains("--help") || words.contains("--version");
            assertThat(inherited ? shared : own).as(name + " " + words).contains(words);
        }
    }

    @Test
    void everyFieldOfJsonIsDescribed() throws IOException {
        Cli cli = Cli.in(folder);
        fields("`millrace enqueue", cli.ok("enqueue", "q", "text", "--json"));
        cli.ok("enqueue", "dead", "x");
        fields(
                "`millrace work",
                cli.ok("work", "dead", "--exec", "printf '' ; exit 1", "--retries", "0", "--drain", "--json"));
        fields("`millrace queues", cli.ok("queues", "--json"));
        fields("`millrace peek", cli.ok("peek", "q", "--json"));
        fields("`millrace peek", cli.ok("dead", "list", "dead", "--json"));
        fields("`millrace dead redrive", cli.ok("dead", "redrive", "dead", "--json"));
        fields("`millrace dead purge", cli.ok("dead", "purge", "dead", "--json"));
        fields("`millrace capabilities", cli.ok("capabilities", "--json"));
        fields("`millrace doctor", cli.ok("doctor", "--json"));
        fields("`millrace bench", cli.ok("bench", "--jobs", "10", "--broker", "mem:", "--json"));
        fields("`millrace demo", cli.ok("demo", "--jobs", "10", "--broker", "mem:", "--json"));
    }

    @Test
    void everyFieldOfTheLineOfAServerIsDescribed() throws Exception {
        try (Program serve = Program.start(folder, "serve", "--broker", "mem:", "--listen", "127.0.0.1:0", "--json")) {
            serve.awaitOut("\n");
            assertThat(serve.out()).matches("\\{\"ready\":\"127\\.0\\.0\\.1:\\d+\",\"http\":null,\"pid\":\\d+}\n");
            fields("`millrace serve", serve.out());
            serve.signal("TERM");
            assertThat(serve.code()).isEqualTo(ExitCode.DONE);
        }
    }

    private static void fields(String title, String json) throws IOException {
        String section = section(title);
        assertThat(json).isNotEmpty();
        FIELD.matcher(json)
                .results()
                .map(field -> field.group(1))
                .distinct()
                .forEach(field -> assertThat(section).as(title).contains("`" + field + "`"));
    }

    @Test
    void theVariableAndTheDefaultAreNamed() throws IOException {
        assertThat(section("What all verbs share")).contains(Root.BROKER_VARIABLE, Root.DEFAULT_BROKER);
    }
}
