// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A completion script for fish, written from the commands and options that there are. */
final class FishCompletion {
    private final CommandLine tree;
    private final List<String> lines = new ArrayList<>();

    FishCompletion(CommandLine tree) {
        this.tree = tree;
    }

    String script() {
        lines.add("complete -c " + tree.getCommandName() + " -f");
        List<String> verbs = List.copyOf(tree.getSubcommands().keySet());
        String none = "not __fish_seen_subcommand_from " + String.join(" ", verbs);
        options(tree.getCommandSpec(), none);
        tree.getSubcommands().forEach((verb, command) -> {
            subcommand(none, command.getCommandSpec());
            String within = "__fish_seen_subcommand_from " + verb;
            options(command.getCommandSpec(), within);
            String inner = String.join(" ", command.getSubcommands().keySet());
            command.getSubcommands()
                    .values()
                    .forEach(child -> subcommand(
                            within + "; and not __fish_seen_subcommand_from " + inner, child.getCommandSpec()));
        });
        return String.join("\n", lines);
    }

    private void subcommand(String condition, CommandSpec command) {
        lines.add("complete -c " + tree.getCommandName() + " -n '" + condition + "' -a " + command.name() + " -d "
                + quoted(first(command.usageMessage().description())));
    }

    private void options(CommandSpec command, String condition) {
        for (OptionSpec option : command.options()) {
            StringBuilder line = new StringBuilder("complete -c " + tree.getCommandName() + " -n '" + condition + "'");
            for (String name : option.names()) {
                line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            line.append(option.arity().max() > 0 ? " -r" : "");
            // After these a file name may follow; completions of other values would only be in the way.
            line.append(
                    option.longestName().equals("--file")
                                    || option.longestName().equals("--input")
                            ? " -F"
                            : "");
            lines.add(line.append(" -d ")
                    .append(quoted(first(option.description())))
                    .toString());
        }
    }

    private static String first(String... description) {
        return description.length == 0 ? "" : description[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
