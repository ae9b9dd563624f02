// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.servers.MariaServer;
import org.junit.jupiter.api.Test;

/** migrate. */
class MigrateCommandTest {
    private final Cli cli = Cli.bare();

    @Test
    void stepsAreShownThenDoneAndThenThereAreNone() {
        try (MariaServer server = MariaServer.start()) {
            String url = server.url() + "&millrace.table=shop_job";
            String shown = cli.ok("migrate", "--dry-run", url);
            assertThat(shown).contains("CREATE TABLE IF NOT EXISTS shop_job (").endsWith(";\n");
            assertThat(cli.ok("migrate", "--dry-run", url)).isEqualTo(shown);
            assertThat(cli.run("enqueue", "mail", "x", "--broker", url + "&millrace.create=false")
                            .err())
                    .contains("not up to date");
            assertThat(cli.ok("migrate", "--json", url).lines())
                    .hasSizeGreaterThan(3)
                    .allMatch(line -> line.startsWith("{\"statement\":\"") && line.endsWith("\"done\":true}"));
            assertThat(cli.run("migrate", url)).satisfies(result -> {
                assertThat(result.code()).isEqualTo(ExitCode.DONE);
                assertThat(result.out()).isEmpty();
                assertThat(result.err()).contains("nothing is missing");
            });
            cli.ok("enqueue", "mail", "x", "--broker", url + "&millrace.create=false");
        }
    }

    @Test
    void brokersWithoutTablesAreRefused() {
        assertThat(cli.run("migrate", "mem:").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.run("migrate", "mem:").err()).contains("has no tables to migrate");
    }
}
