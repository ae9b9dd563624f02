// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused because it is too much. */
class LimitsTest extends ServedTest {
    @Test
    void oneClientTooManyIsToldSo() throws IOException {
        MillraceServer server = serve(builder().maxClients(2));
        Wire first = client(server);
        first.call("PING");
        client(server).call("PING");
        Wire third = client(server);
        assertThat(third.next()).isEqualTo("ERR max number of clients reached");
        assertThat(third.closed()).isTrue();
        assertThat(first.ask("INFO", "stats")).contains("rejected_connections:1\r\n");
    }

    @Test
    void silentClientsAreClosedAndWaitingOnesAreNot() throws IOException {
        MillraceServer server = serve(builder().idleTimeout(Duration.ofSeconds(1)));
        Wire waiting = client(server).send("GETJOB", "FROM", "q");
        Wire silent = client(server);
        silent.call("PING");
        assertThat(silent.closed()).isTrue();
        client(server).call("ADDJOB", "q", "a", "0");
        assertThat(waiting.next()).endsWith(", a]]");
    }

    @Test
    void jobsAreRefusedWhenMemoryIsFullAndThoseThatAreThereStay() throws IOException {
        MillraceServer server = serve(builder().maxMemory(3 << 20));
        Wire client = client(server);
        int stored = 0;
        String answer = client.ask("ADDJOB", "q", "x".repeat(10_000), "0");
        while (answer.startsWith("D-")) {
            stored++;
            answer = client.ask("ADDJOB", "q", "x".repeat(10_000), "0");
        }
        assertThat(answer).startsWith("NOREPL Not enough reachable nodes").endsWith("I'm out of memory");
        assertThat(stored).isBetween(75, 300);
        String full = "OOM command not allowed when used memory > 'maxmemory'.";
        assertThat(client.ask("NACK", "D-00000000-AAAAAAAAAAAAAAAAAAAAAAAA-05a1"))
                .isEqualTo("0");
        client.call("CONFIG", "SET", "maxmemory", "2000000");
        assertThat(client.ask("ADDJOB", "q", "x", "0")).isEqualTo(full);
        assertThat(client.ask("NACK", "D-00000000-AAAAAAAAAAAAAAAAAAAAAAAA-05a1"))
                .isEqualTo(full);
        assertThat(client.ask("QLEN", "q")).isEqualTo("" + stored);
        assertThat(client.ask("GETJOB", "FROM", "q")).contains("D-");
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775807", "3155760001"})
    void aTimeToLiveThatNobodyMeansIsRefused(String seconds) throws IOException {
        Wire client = client(serve());
        assertThat(client.ask("ADDJOB", "q", "b", "0", "TTL", seconds))
                .isEqualTo("ERR TTL must be at most 3155760000 seconds (100 years)");
    }

    @Test
    void aTimeToLiveOfMoreThan32BitsIsKept() throws IOException {
        Wire client = client(serve());
        String id = client.ask("ADDJOB", "q", "b", "0", "TTL", "3000000000");
        assertThat(id).endsWith("-ffff");
        assertThat(client.ask("SHOW", id)).contains("ttl, 3000000000, ");
    }

    @Test
    void whoShowsThePasswordFirstMaySayMuchAtOnce() throws IOException {
        Wire client = client(serve(builder().password("secret")));
        ByteArrayOutputStream burst = new ByteArrayOutputStream();
        burst.writeBytes(Wire.request("AUTH", "secret"));
        for (int i = 0; i < 40; i++) {
            burst.writeBytes(Wire.request("PING", "x".repeat(10_000)));
        }
        client.raw(burst.toByteArray());
        assertThat(client.next()).isEqualTo("OK");
        for (int i = 0; i < 40; i++) {
            assertThat(client.next()).hasSize(10_000);
        }
    }

    @Test
    void aTimeoutThatNobodyLivesToSeeIsRefused() throws IOException {
        Wire client = client(serve());
        assertThat(client.ask("CONFIG", "SET", "timeout", Long.toString(Long.MAX_VALUE)))
                .startsWith("ERR Invalid argument");
        assertThat(client.ask("CONFIG", "SET", "timeout", "3155760000")).isEqualTo("OK");
        assertThat(client.ask("PING")).isEqualTo("PONG");
    }

    @Test
    void whoShowsNoPasswordMaySayLittle() throws IOException {
        MillraceServer server = serve(builder().password("secret"));
        Wire stranger = client(server);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        stranger.send("PING", "x".repeat(10_000)).read();
                    }
                })
                .isInstanceOf(IOException.class);
    }
}
