// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.WaitFor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens between sockets and commands: order, waiting, tearing, leaving. */
class ConnectionTest extends ServedTest {
    private static final Duration A_MOMENT = Duration.ofMillis(150);

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    @Test
    void repliesComeInTheOrderOfTheRequestsWhateverTheyAre() throws IOException {
        Wire client = client(serve());
        client.raw(joined(
                Wire.request("QLEN", "q"),
                Wire.request("ADDJOB", "q", "a", "0"),
                Wire.request("QLEN", "q"),
                Wire.request("PING"),
                Wire.request("ADDJOB", "q", "b", "0"),
                Wire.request("GETJOB", "NOHANG", "FROM", "q"),
                Wire.request("QLEN", "q"),
                Wire.request("NONSENSE"),
                Wire.request("DEBUG", "FLUSHALL"),
                Wire.request("QLEN", "q")));
        assertThat(client.next()).isEqualTo("0");
        assertThat(client.next()).startsWith("D-");
        assertThat(client.next()).isEqualTo("1");
        assertThat(client.next()).isEqualTo("PONG");
        assertThat(client.next()).startsWith("D-");
        assertThat(client.next()).startsWith("[[q, D-").endsWith(", a]]");
        assertThat(client.next()).isEqualTo("1");
        assertThat(client.next()).isEqualTo("ERR unknown command 'NONSENSE'");
        assertThat(client.next()).isEqualTo("OK");
        assertThat(client.next()).isEqualTo("0");
    }

    @Test
    void aThousandRequestsInOnePieceAreAllAnswered() throws IOException {
        Wire client = client(serve());
        byte[][] requests = new byte[10_000][];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = i % 2 == 0 ? Wire.request("ADDJOB", "q", "job " + i, "0") : Wire.request("PING", "" + i);
        }
        client.raw(joined(requests));
        for (int i = 0; i < requests.length; i++) {
            assertThat(client.next()).startsWith(i % 2 == 0 ? "D-" : "" + i);
        }
        assertThat(client.ask("QLEN", "q")).isEqualTo("5000");
    }

    @Test
    void aRequestMayComeByteByByte() throws IOException {
        Wire client = client(serve());
        for (byte each : Wire.request("ADDJOB", "q", "a\r\nb", "0", "DELAY", "0")) {
            client.raw(new byte[] {each});
        }
        assertThat(client.next()).startsWith("D-");
    }

    @Test
    void manyTakesInOnePieceWaitOneBehindTheOther() throws IOException {
        MillraceServer server = serve();
        Wire client = client(server);
        Wire other = client(server);
        byte[] take = Wire.request("GETJOB", "FROM", "q");
        client.raw(joined(take, take, take, Wire.request("PING", "last")));
        WaitFor.passing(() -> assertThat(blocked(other)).isEqualTo("1"));
        other.call("ADDJOB", "q", "1", "0");
        other.call("ADDJOB", "q", "2", "0");
        assertThat(client.next()).endsWith(", 1]]");
        assertThat(client.next()).endsWith(", 2]]");
        assertThat(client.read(A_MOMENT)).isEmpty();
        other.call("ADDJOB", "q", "3", "0");
        assertThat(client.next()).endsWith(", 3]]");
        assertThat(client.next()).isEqualTo("last");
    }

    private static String blocked(Wire client) {
        try {
            return client.ask("INFO", "clients")
                    .replaceAll("(?s).*blocked_clients:", "")
                    .strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void manyTakesInOnePieceFindManyJobs() throws IOException {
        Wire client = client(serve());
        byte[][] requests = new byte[200][];
        for (int i = 0; i < 100; i++) {
            requests[i] = Wire.request("ADDJOB", "q", "job " + i, "0");
            requests[100 + i] = Wire.request("GETJOB", "FROM", "q");
        }
        client.raw(joined(requests));
        for (int i = 0; i < 100; i++) {
            assertThat(client.next()).startsWith("D-");
        }
        for (int i = 0; i < 100; i++) {
            assertThat(client.next()).endsWith(", job " + i + "]]");
        }
    }

    @Test
    void waitingClientsAreServedInTheOrderInWhichTheyCame() throws IOException {
        MillraceServer server = serve();
        Wire other = client(server);
        List<Wire> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiting.add(client(server).send("GETJOB", "FROM", "q"));
            String number = "" + (i + 1);
            WaitFor.passing(() -> assertThat(blocked(other)).isEqualTo(number));
        }
        for (int i = 0; i < 50; i++) {
            other.call("ADDJOB", "q", "job " + i, "0");
        }
        for (int i = 0; i < 50; i++) {
            assertThat(waiting.get(i).next()).endsWith(", job " + i + "]]");
        }
    }

    @Test
    void aClientThatLeavesWhileItWaitsTakesNothingWithIt() throws IOException {
        MillraceServer server = serve();
        Wire other = client(server);
        Wire leaving = client(server).send("GETJOB", "FROM", "q");
        WaitFor.passing(() -> assertThat(blocked(other)).isEqualTo("1"));
        leaving.close();
        WaitFor.passing(() -> assertThat(blocked(other)).isEqualTo("0"));
        other.call("ADDJOB", "q", "still here", "0");
        assertThat(other.ask("QLEN", "q")).isEqualTo("1");
    }

    @Test
    void whatWasSentBeforeTheEndIsDone() throws IOException {
        MillraceServer server = serve();
        Wire brief = client(server);
        brief.raw(joined(Wire.request("ADDJOB", "q", "a", "0"), Wire.request("GETJOB", "FROM", "other")));
        brief.endOutput();
        assertThat(brief.next()).startsWith("D-");
        assertThat(brief.closed()).isTrue();
        assertThat(client(server).ask("QLEN", "q")).isEqualTo("1");
    }

    @Test
    void aClientThatDoesNotReadIsNotHeardAnyMore() throws IOException {
        MillraceServer server = serve();
        Wire deaf = client(server);
        byte[] much = Wire.request("PING", "x".repeat(100_000));
        WaitFor.until("the server stops to read", () -> {
            try {
                int sent = 0;
                for (int i = 0; i < 100; i++) {
                    sent += deaf.offer(much);
                }
                return sent == 0;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(client(server).ask("PING")).isEqualTo("PONG");
        assertThat(deaf.next()).hasSize(100_000);
    }

    @Test
    void aWaitingClientMaySendOnlySoMuchMore() throws IOException {
        MillraceServer server = serve();
        Wire client = client(server).send("GETJOB", "FROM", "q");
        byte[] more = Wire.request("PING", "x".repeat(1000));
        int sent = 0;
        int offered = client.offer(more);
        while (offered == more.length) {
            sent++;
            offered = client.offer(more);
        }
        assertThat(sent).isGreaterThan(1024);
        Wire other = client(server);
        other.call("ADDJOB", "q", "a", "0");
        assertThat(client.next()).endsWith(", a]]");
        for (int i = 0; i < sent; i++) {
            assertThat(client.next()).hasSize(1000);
        }
    }

    @Test
    void timeoutsAreKeptForAThousandClients() throws IOException {
        MillraceServer server = serve();
        List<Wire> waiting = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            waiting.add(client(server));
        }
        long begin = System.nanoTime();
        for (Wire wire : waiting) {
            wire.send("GETJOB", "TIMEOUT", "500", "FROM", "q", "another");
        }
        for (Wire wire : waiting) {
            assertThat(wire.next()).isEqualTo("null");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
        assertThat(waiting.getFirst().ask("PING")).isEqualTo("PONG");
    }

    @Test
    void aDelayedJobReachesTheClientThatWaitsForIt() throws IOException {
        MillraceServer server = serve();
        Wire waiting = client(server).send("GETJOB", "FROM", "q");
        client(server).call("ADDJOB", "q", "later", "0", "DELAY", "1");
        assertThat(waiting.next()).endsWith(", later]]");
    }
}
