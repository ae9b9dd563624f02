// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class ChaosCommandIT {
    @TempDir
    Path folder;

    private final List<Program> servers = new ArrayList<>();

    @AfterEach
    void stopServers() throws Exception {
        for (Program server : servers) {
            server.close();
        }
    }

    private String broker() {
        return "file:" + folder.resolve("jobs");
    }

    private Path evidence() {
        return folder.resolve("evidence");
    }

    @Test
    void brokerThatKeepsItsWordIsProven() throws Exception {
        try (Program chaos = Program.start(
                folder,
                "chaos",
                broker(),
                "--time",
                "8s",
                "--kill-every",
                "1s",
                "--restart",
                "true",
                "--restart-every",
                "2s",
                "--workers",
                "2",
                "--producers",
                "2",
                "--evidence",
                evidence().toString())) {
            assertThat(chaos.code()).as(chaos.err()).isZero();
            assertThat(chaos.out())
                    .containsPattern("(?m)^enqueued +[1-9][0-9,]*$")
                    .containsPattern("(?m)^unexpected +0$")
                    .containsPattern("(?m)^longest gap +[0-9.]+ s without a job handled$")
                    .containsPattern("(?m)^killed +\\d+ producers?, \\d+ workers?$")
                    .containsPattern("(?m)^restarts +[1-9]$")
                    .containsPattern("(?m)^lost 0$");
        }
        assertThat(Files.readString(evidence().resolve("events"))).contains("killed ", "restarted the server");
        assertThat(evidence().resolve("producer-3.diary")).isNotEmptyFile();
    }

    /** What a run finds on our own server, through a broker that breaks its word. */
    private Program onABrokerThat(String lie) throws Exception {
        Program server = Program.start(folder, "serve", "--listen", "127.0.0.1:0", "--broker", broker());
        servers.add(server);
        server.awaitOut("ready on");
        String url = "broken:" + lie + ":disque://" + ServeIT.address(server);
        return Program.start(folder, "chaos", url, "--time", "2s", "--rate", "50", "--kill-every", "5s", "--json");
    }

    @Test
    @Tag("slow")
    void brokerThatLosesJobsIsCaught() throws Exception {
        try (Program chaos = onABrokerThat("loses")) {
            assertThat(chaos.code()).as(chaos.err()).isEqualTo(ExitCode.FAILED);
            assertThat(chaos.out()).containsPattern("\"lost\":[1-9]");
            assertThat(chaos.err()).contains("lost: producer-");
        }
    }

    @Test
    @Tag("slow")
    void brokerThatInventsJobsIsCaught() throws Exception {
        try (Program chaos = onABrokerThat("invents")) {
            assertThat(chaos.code()).as(chaos.err()).isEqualTo(ExitCode.FAILED);
            assertThat(chaos.out()).containsPattern("\"lost\":0,\"unexpected\":[1-9]");
        }
    }

    @Test
    @Tag("slow")
    void serverThatCannotBeRestartedIsACause() throws Exception {
        try (Program chaos = Program.start(
                folder, "chaos", broker(), "--time", "3s", "--restart", "exit 7", "--restart-every", "1s", "--json")) {
            assertThat(chaos.code()).isEqualTo(ExitCode.FAILED);
            assertThat(chaos.err()).contains("the server could not be restarted: \"exit 7\" ended with exit code 7");
        }
    }

    @Test
    void memoryOfOneProcessIsRefused() {
        Cli.Result result = Cli.bare().run("chaos", "mem:");
        assertThat(result.code()).isNotZero();
        assertThat(result.err()).contains("give another broker");
    }

    @Test
    void folderWithSomethingInItIsRefused() throws Exception {
        Files.createFile(folder.resolve("something"));
        Cli.Result result = Cli.bare().run("chaos", broker(), "--evidence", folder.toString());
        assertThat(result.code()).isNotZero();
        assertThat(result.err()).contains("is not empty; give another folder");
    }

    @Test
    void tooShortATimeIsRefused() {
        Cli.Result result = Cli.bare().run("chaos", broker(), "--time", "100ms");
        assertThat(result.code()).isNotZero();
        assertThat(result.err()).contains("--time 100ms is out of range; give 1s or more");
    }
}
