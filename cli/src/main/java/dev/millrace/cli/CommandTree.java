// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.cli.terminal.HumanDuration;
import dev.millrace.cli.terminal.Printable;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the verbs together, and decides how mistakes are answered. */
final class CommandTree {
    /** It completes all the others, so it needs them. */
    private static final String COMPLETION = "completion";

    private CommandTree() {}

    /**
     * The commands for these arguments: all of them, unless the first argument names one. To take in what every command
     * may be told is most of what a command does before it begins.
     */
    static CommandLine build(Session session, String... args) {
        Root root = new Root(session);
        CommandLine tree = new CommandLine(root);
        Map<String, Supplier<Object>> verbs = verbs(root, tree);
        Supplier<Object> named = args.length == 0 || args[0].equals(COMPLETION) ? null : verbs.get(args[0]);
        (named == null ? verbs.values() : List.of(named)).forEach(verb -> tree.addSubcommand(verb.get()));
        return tree.registerConverter(Duration.class, CommandTree::duration)
                .registerConverter(LogLevel.class, text -> choice(LogLevel.values(), text))
                .registerConverter(ServeCommand.RetryFrom.class, text -> choice(ServeCommand.RetryFrom.values(), text))
                .registerConverter(
                        CompletionCommand.Shell.class, text -> choice(CompletionCommand.Shell.values(), text))
                .setUsageHelpWidth(100)
                .setAbbreviatedOptionsAllowed(false)
                .setUnmatchedOptionsArePositionalParams(false)
                .setOut(new PrintWriter(session.streams().out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(session.streams().err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        session.streams().terminal() ? CommandLine.Help.Ansi.AUTO : CommandLine.Help.Ansi.OFF))
                .setExecutionStrategy(parsed -> {
                    StandardErrorLogs.configure(root.logLevel, session.streams().err());
                    return new CommandLine.RunLast().execute(parsed);
                })
                .setParameterExceptionHandler((mistake, words) -> answer(session, mistake))
                .setExecutionExceptionHandler(
                        (error, command, parsed) -> Failures.report(session, error, root.logLevel.showsTraces()));
    }

    private static Map<String, Supplier<Object>> verbs(Root root, CommandLine tree) {
        Map<String, Supplier<Object>> verbs = new LinkedHashMap<>();
        verbs.put("demo", () -> new DemoCommand(root));
        verbs.put("enqueue", () -> new EnqueueCommand(root));
        verbs.put("work", () -> new WorkCommand(root));
        verbs.put("serve", () -> new ServeCommand(root));
        verbs.put("queues", () -> new QueuesCommand(root));
        verbs.put("peek", () -> new PeekCommand(root));
        verbs.put("dead", () -> dead(root));
        verbs.put("capabilities", () -> new CapabilitiesCommand(root));
        verbs.put("migrate", () -> new MigrateCommand(root));
        verbs.put("bench", () -> new BenchCommand(root));
        verbs.put("chaos", () -> new ChaosCommand(root));
        verbs.put("doctor", () -> new DoctorCommand(root));
        verbs.put(COMPLETION, () -> new CompletionCommand(root, tree));
        return verbs;
    }

    private static CommandLine dead(Root root) {
        return new CommandLine(new DeadCommand())
                .addSubcommand(new DeadListCommand(root))
                .addSubcommand(new DeadRedriveCommand(root))
                .addSubcommand(new DeadPurgeCommand(root));
    }

    private static Duration duration(String text) {
        try {
            return HumanDuration.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** One of a few words, in any case. */
    private static <E extends Enum<E>> E choice(E[] values, String text) {
        for (E value : values) {
            if (value.toString().equalsIgnoreCase(text)) {
                return value;
            }
        }
        String known = Stream.of(values).map(Object::toString).collect(Collectors.joining(", "));
        throw new TypeConversionException("\"" + text + "\" is none of " + known);
    }

    private static int answer(Session session, ParameterException mistake) {
        String message = String.valueOf(mistake.getMessage()).replace("option option", "option");
        if (mistake instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            String what = mistake.getCommandLine().getSubcommands().isEmpty() ? "too much: " : "no such command: ";
            List<String> near = unmatched.getSuggestions();
            message = what
                    + String.join(" ", unmatched.getUnmatched())
                    + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
        }
        String line = message.strip().replaceAll("\\s*\\R\\s*", "; ");
        String command = mistake.getCommandLine().getCommandSpec().qualifiedName();
        session.streams().err().println("millrace: " + Printable.of(line) + " (see " + command + " --help)");
        return ExitCode.USAGE;
    }
}
