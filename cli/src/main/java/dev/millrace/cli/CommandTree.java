// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.cli.terminal.HumanDuration;
import dev.millrace.cli.terminal.Printable;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the verbs together, and decides how mistakes are answered. */
final class CommandTree {
    private CommandTree() {}

    static CommandLine build(Session session) {
        Root root = new Root(session);
        CommandLine tree = new CommandLine(root)
                .addSubcommand(new DemoCommand(root))
                .addSubcommand(new EnqueueCommand(root))
                .addSubcommand(new WorkCommand(root))
                .addSubcommand(new ServeCommand(root))
                .addSubcommand(new QueuesCommand(root))
                .addSubcommand(new PeekCommand(root))
                .addSubcommand(dead(root))
                .addSubcommand(new CapabilitiesCommand(root))
                .addSubcommand(new BenchCommand(root))
                .addSubcommand(new DoctorCommand(root));
        tree.addSubcommand(new CompletionCommand(root, tree));
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
                .setParameterExceptionHandler((mistake, args) -> answer(session, mistake))
                .setExecutionExceptionHandler(
                        (error, command, parsed) -> Failures.report(session, error, root.logLevel.showsTraces()));
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
