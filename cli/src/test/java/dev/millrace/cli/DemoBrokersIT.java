// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.servers.MariaServer;
import dev.millrace.testkit.servers.PostgresServer;
import dev.millrace.testkit.servers.RabbitServer;
import dev.millrace.testkit.servers.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A short demonstration on each broker that is a server: a worker is killed, and nothing is lost. */
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class DemoBrokersIT {
    @TempDir
    Path folder;

    private void shown(String url, String... leftOut) throws Exception {
        try (Program demo = Program.start(folder, "demo", "--jobs", "200", "--json", "--broker", url)) {
            assertThat(demo.code()).as(demo.err()).isZero();
            assertThat(demo.out()).contains("\"lost\":0,\"killed\":true,").endsWith("\"differences\":0}\n");
            assertThat(demo.err().lines().filter(line -> line.contains("left out: ")))
                    .hasSameSizeAs(leftOut)
                    .allSatisfy(line -> assertThat(leftOut).anyMatch(line::contains));
        }
    }

    @Test
    void redisDoesItAll() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            shown("redis://" + server.address());
        }
    }

    @Test
    void rabbitMqCountsAndDoesNotShow() throws Exception {
        try (RabbitServer server = RabbitServer.start()) {
            String url = "amqp://guest:guest@" + server.address();
            shown(url, "a look into dead letters", "the question whether the queue is empty");
            try (Program work = Program.start(folder, "work", "q", "--exec", "cat", "--drain", "--broker", url)) {
                assertThat(work.code()).isNotZero();
                assertThat(work.err())
                        .contains("counting what waits or is leased")
                        .contains("--drain");
            }
        }
    }

    @Test
    void mariaDbDoesItAll() throws Exception {
        try (MariaServer server = MariaServer.start()) {
            shown(server.url());
        }
    }

    @Test
    void postgreSqlDoesItAll() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            shown(server.url());
        }
    }

    /** Our own server, in front of jobs in its memory. */
    private void served(String scheme, String... leftOut) throws Exception {
        try (Program server = Program.start(folder, "serve", "--listen", "127.0.0.1:0", "--broker", "mem:")) {
            server.awaitOut("ready on");
            shown(scheme + "://" + ServeIT.address(server), leftOut);
        }
    }

    @Test
    void disqueDoesItAll() throws Exception {
        served("disque");
    }

    @Test
    void okqDoesNotWaitBetweenAttempts() throws Exception {
        served("okq", "the wait between attempts", "a look into dead letters");
    }
}
