// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** queues, peek, dead, capabilities. */
class ListingCommandsTest {
    @TempDir
    Path folder;

    private Cli cli = Cli.bare();

    @BeforeEach
    void openFolder() {
        cli = Cli.in(folder);
    }

    private void killJobs(String... bodies) {
        for (String body : bodies) {
            cli.ok("enqueue", "mail", body, "--header", "to=ann");
        }
        String oneByOne = "1";
        cli.run(
                "work",
                "mail",
                "--exec",
                "echo no such user >&2; exit 4",
                "--retries",
                "0",
                "--drain",
                "--concurrency",
                oneByOne);
    }

    @Test
    void anEmptyBrokerSaysSo() {
        assertThat(cli.ok("queues")).startsWith("no queues in file:");
        assertThat(cli.ok("queues", "--json")).isEmpty();
        assertThat(cli.ok("peek", "mail")).isEqualTo("no ready jobs in mail\n");
        assertThat(cli.ok("dead", "list", "mail")).isEqualTo("no dead letters in mail\n");
        assertThat(cli.ok("dead", "list", "mail", "--json")).isEmpty();
    }

    @Test
    void queuesShowsWhatIsInThem() {
        cli.ok("enqueue", "mail", "a");
        cli.ok("enqueue", "mail", "b", "--delay", "1h");
        cli.ok("enqueue", "zoo", "c");
        assertThat(cli.ok("queues").lines().map(line -> line.replaceAll(" +", " ")))
                .satisfiesExactly(
                        header -> assertThat(header).isEqualTo("QUEUE READY WAITING LEASED DEAD OLDEST PAUSED"),
                        mail -> assertThat(mail).startsWith("mail 1 1 0 0 ").endsWith(" -"),
                        zoo -> assertThat(zoo).startsWith("zoo 1 0 0 0 "));
        assertThat(cli.ok("queues", "--json").lines())
                .satisfiesExactly(
                        mail -> assertThat(mail)
                                .matches("\\{\"queue\":\"mail\",\"ready\":1,\"waiting\":1,\"leased\":0,\"dead\":0,"
                                        + "\"oldestMs\":\\d+,\"paused\":\"none\"}"),
                        zoo -> assertThat(zoo).contains("\"queue\":\"zoo\",\"ready\":1,\"waiting\":0"));
    }

    @Test
    void peekLeavesTheJobsWhereTheyAre() {
        for (int i = 0; i < 15; i++) {
            cli.ok("enqueue", "mail", "body " + i);
        }
        assertThat(cli.ok("peek", "mail").lines()).hasSize(11);
        assertThat(cli.ok("peek", "mail", "--count", "3", "--json").lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line)
                        .matches("\\{\"id\":\"\\S+\",\"queue\":\"mail\",\"state\":\"ready\",\"attempts\":0,"
                                + "\"enqueuedAt\":\"\\S+Z\",\"due\":null,\"reason\":null,\"headers\":\\{},"
                                + "\"size\":6,\"body\":\"body \\d\"}"));
        assertThat(cli.ok("queues", "--json")).contains("\"ready\":15");
    }

    @Test
    void aBodyCannotMoveTheCursorOfWhoLooksAtIt() {
        cli.ok("enqueue", "mail", "\u001b[2Jgone\nmail  forged");
        assertThat(cli.ok("peek", "mail")).contains("␛[2Jgone␊mail  forged").doesNotContain("\u001b");
        assertThat(cli.ok("peek", "mail", "--json"))
                .contains("\\u001b[2Jgone\\nmail")
                .hasLineCount(1);
    }

    @Test
    void deadLettersAreListedWithTheirReason() {
        killJobs("a", "b");
        assertThat(cli.ok("dead", "list", "mail"))
                .contains("REASON")
                .containsPattern("(?m)^\\S+ +1  attempt 1 failed and was the last: exit code 4: no such user +a$");
        assertThat(cli.ok("dead", "list", "mail", "--count", "1", "--json"))
                .hasLineCount(1)
                .contains(
                        "\"state\":\"dead\"",
                        "\"attempts\":1",
                        "\"reason\":\"attempt 1 failed and was the last: exit code 4: no such user\"",
                        "\"millrace-first-error\":\"exit code 4: no such user\"",
                        "\"to\":\"ann\"",
                        "\"body\":\"a\"");
    }

    @Test
    void deadLettersAreRedrivenAllOrSome() {
        killJobs("a", "b", "c");
        assertThat(cli.ok("dead", "redrive", "mail", "--count", "1")).isEqualTo("redrove 1 job of mail\n");
        assertThat(cli.ok("peek", "mail", "--json")).contains("\"body\":\"a\"", "\"attempts\":0");
        assertThat(cli.ok("dead", "redrive", "mail", "--json")).isEqualTo("{\"queue\":\"mail\",\"redriven\":2}\n");
        assertThat(cli.ok("dead", "redrive", "mail")).isEqualTo("redrove 0 jobs of mail\n");
    }

    @Test
    void deadLettersArePurgedAlone() {
        killJobs("a", "b");
        cli.ok("enqueue", "mail", "alive");
        assertThat(cli.ok("dead", "purge", "mail")).isEqualTo("purged 2 dead letters of mail\n");
        assertThat(cli.ok("dead", "purge", "mail", "--json")).isEqualTo("{\"queue\":\"mail\",\"purged\":0}\n");
        assertThat(cli.ok("queues", "--json")).contains("\"ready\":1", "\"dead\":0");
    }

    @Test
    void capabilitiesNamesEveryFeature() {
        assertThat(cli.ok("capabilities", "mem:")).startsWith("mem:\n").contains("chosen_id", "leases", "ordering");
        assertThat(cli.ok("capabilities", "--json").lines())
                .hasSize(16)
                .allSatisfy(
                        line -> assertThat(line)
                                .matches(
                                        "\\{\"broker\":\"file:.*\",\"capability\":\"\\w+\",\"value\":\"\\w+\",\"note\":\".*\"}"));
    }

    @Test
    void outOfRangeCountsAreRefused() {
        for (String[] command : new String[][] {{"peek", "q"}, {"dead", "list", "q"}, {"dead", "redrive", "q"}}) {
            String[] all = java.util.Arrays.copyOf(command, command.length + 2);
            all[command.length] = "--count";
            all[command.length + 1] = "0";
            Cli.Result result = cli.run(all);
            assertThat(result.err()).isEqualTo("millrace: --count 0 is out of range; give 1 or more\n");
            assertThat(result.code()).isEqualTo(ExitCode.USAGE);
        }
    }
}
