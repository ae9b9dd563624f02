// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CompletionCommandTest {
    private final Cli cli = Cli.bare();

    private static String bash(String script) throws IOException, InterruptedException {
        Process bash = new ProcessBuilder("bash").redirectErrorStream(true).start();
        try (var in = bash.getOutputStream()) {
            in.write(script.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(out).isZero();
        return out;
    }

    @Test
    void bashCompletesVerbsAndOptions() throws Exception {
        String script = cli.ok("completion", "bash");
        String completed = bash(script
                + "\ncompopt() { :; }"
                + "\nCOMP_WORDS=(millrace en); COMP_CWORD=1; _complete_millrace; echo \"${COMPREPLY[@]}\""
                + "\nCOMP_WORDS=(millrace dead re); COMP_CWORD=2; _complete_millrace; echo \"${COMPREPLY[@]}\""
                + "\nCOMP_WORDS=(millrace work --dr); COMP_CWORD=2; _complete_millrace; echo \"${COMPREPLY[@]}\"\n");
        assertThat(completed.lines()).containsExactly("enqueue", "redrive", "--drain");
        assertThat(script).doesNotContain("demo-worker");
    }

    @Test
    void zshGetsTheSameScriptWhichLoadsWhatZshNeeds() {
        assertThat(cli.ok("completion", "zsh")).contains("bashcompinit").isEqualTo(cli.ok("completion", "bash"));
    }

    @Test
    void fishCompletesVerbsAndOptions() {
        assertThat(cli.ok("completion", "fish").lines())
                .contains("complete -c millrace -f")
                .contains("complete -c millrace -n '__fish_seen_subcommand_from enqueue' -l front -d"
                        + " 'Put it before the jobs that are there.'")
                .anyMatch(line -> line.contains("-a enqueue -d 'Put a job into a queue"))
                .anyMatch(line -> line.contains("not __fish_seen_subcommand_from list redrive purge' -a purge"))
                .anyMatch(line -> line.contains("-l file -r -F"))
                .allMatch(line -> line.startsWith("complete -c millrace "));
    }

    @Test
    void anotherShellIsRefusedWithTheKnownOnes() {
        Cli.Result result = cli.run("completion", "tcsh");
        assertThat(result.err()).contains("\"tcsh\" is none of bash, zsh, fish");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    }
}
