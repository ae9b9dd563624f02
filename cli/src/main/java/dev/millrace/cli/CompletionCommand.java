// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code millrace completion}. */
@Command(
        name = "completion",
        description = "Print a script that completes commands and options with the Tab key.",
        footer = {
            "%nTo use it:",
            "  bash  eval \"$(millrace completion bash)\"                            in ~/.bashrc",
            "  zsh   eval \"$(millrace completion zsh)\"                             in ~/.zshrc",
            "  fish  millrace completion fish > ~/.config/fish/completions/millrace.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Root root;
    private final CommandLine tree;

    /** A shell that is known. */
    enum Shell {
        BASH,
        ZSH,
        FISH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", paramLabel = "SHELL", description = "bash, zsh or fish.")
    Shell shell = Shell.BASH;

    CompletionCommand(Root root, CommandLine tree) {
        this.root = root;
        this.tree = tree;
    }

    @Override
    public Integer call() {
        root.print(
                switch (shell) {
                    // One script serves both: on zsh it first loads what makes zsh understand completions of bash.
                    case BASH, ZSH ->
                        AutoComplete.bash(tree.getCommandName(), tree).stripTrailing();
                    case FISH -> new FishCompletion(tree).script();
                });
        return ExitCode.DONE;
    }
}
