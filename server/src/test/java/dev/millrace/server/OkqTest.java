// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands of okq, beside those of Disque. */
class OkqTest extends ServedTest {
    private static final String NOTHING = "null";

    MillraceServer server;
    Wire client;

    @BeforeEach
    void start() throws IOException {
        server = serve();
        client = client(server);
    }

    private void registered(String queue, int consumers) {
        WaitFor.until(consumers + " consumers of " + queue, () -> {
            try {
                return client.ask("QSTATUS", queue).endsWith(", " + consumers + "]]");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void eventsComeInTheirOrder() throws IOException {
        assertThat(client.ask("QLPUSH", "q", "1", "a")).isEqualTo("OK");
        assertThat(client.ask("qlpush", "q", "2", "b", "NOBLOCK")).isEqualTo("OK");
        assertThat(client.ask("QRPUSH", "q", "3", "urgent")).isEqualTo("OK");
        assertThat(client.ask("QLPEEK", "q")).isEqualTo("[2, b]");
        assertThat(client.ask("QRPEEK", "q")).isEqualTo("[3, urgent]");
        assertThat(client.ask("QRPOP", "q")).isEqualTo("[3, urgent]");
        assertThat(client.ask("QRPOP", "q", "EX", "60")).isEqualTo("[1, a]");
        assertThat(client.ask("QSTATUS", "q")).isEqualTo("[[q, 3, 2, 0]]");
        assertThat(client.ask("QRPOP", "q", "EX", "0")).isEqualTo("[2, b]");
        assertThat(client.ask("QACK", "q", "2")).isEqualTo("0");
        assertThat(client.ask("QRPOP", "q")).isEqualTo(NOTHING);
        assertThat(client.ask("QACK", "q", "1")).isEqualTo("1");
        assertThat(client.ask("QACK", "q", "3")).isEqualTo("1");
        assertThat(client.ask("QSTATUS", "q")).isEqualTo("[[q, 0, 0, 0]]");
    }

    @Test
    void anIdIsTakenInItsQueueUntilItsEventIsOver() throws IOException {
        client.call("QLPUSH", "a:b", "1", "x");
        assertThat(client.ask("QLPUSH", "a:b", "1", "y", "NOBLOCK")).isEqualTo("ERR duplicate event 1");
        assertThat(client.ask("QLPUSH", "a", "b/1", "y")).isEqualTo("OK");
        assertThat(client.ask("QRPOP", "a:b", "EX", "60")).isEqualTo("[1, x]");
        assertThat(client.ask("QRPUSH", "a:b", "1", "y")).isEqualTo("ERR duplicate event 1");
        assertThat(client.ask("QACK", "a:b", "1")).isEqualTo("1");
        assertThat(client.ask("QRPUSH", "a:b", "1", "y")).isEqualTo("OK");
        assertThat(client.ask("QACK", "a:b", "1")).isEqualTo("1");
        assertThat(client.ask("QACK", "a:b", "1")).isEqualTo("0");
    }

    @Test
    void anIdNeverBreaksALine() throws IOException {
        client.call("QLPUSH", "q", "a\r\nb", "x");
        assertThat(client.ask("QLPUSH", "q", "a\r\nb", "x")).isEqualTo("ERR duplicate event a  b");
        assertThat(client.ask("QRPOP", "q", "EX", "0")).isEqualTo("[a\r\nb, x]");
    }

    @Test
    void aLongIdIsKeptBesideItsJob() throws IOException {
        String id = "x".repeat(2000) + " \0é";
        String queue = "q".repeat(300);
        assertThat(client.ask("QLPUSH", queue, id, "x")).isEqualTo("OK");
        assertThat(client.ask("QLPUSH", queue, id, "x")).startsWith("ERR duplicate event xxx");
        assertThat(client.ask("QRPEEK", queue)).isEqualTo("[" + id + ", x]");
        assertThat(client.ask("GETJOB", "WITHHEADERS", "FROM", queue)).endsWith(", x, headers, []]]");
        assertThat(client.ask("QACK", queue, id)).isEqualTo("1");
        client.call("QLPUSH", queue, id, "y");
        assertThat(client.ask("GETJOB", "FROM", queue)).endsWith(", y]]");
    }

    @Test
    void oneQueueHasEventsAndJobs() throws IOException {
        client.call("QLPUSH", "q", "event", "a");
        String job = client.ask("ADDJOB", "q", "b", "0");
        String taken = client.ask("GETJOB", "FROM", "q");
        assertThat(taken).startsWith("[[q, D-").endsWith(", a]]");
        assertThat(client.ask("QACK", "q", "event")).isEqualTo("1");
        assertThat(client.ask("QRPOP", "q")).isEqualTo("[" + job + ", b]");
        assertThat(client.ask("QACK", "other", job)).isEqualTo("0");
        assertThat(client.ask("QACK", "q", job)).isEqualTo("1");
        assertThat(client.ask("SHOW", job)).isEqualTo(NOTHING);
    }

    @Test
    void anEventWhoseLeaseEndsIsBackAndWakesAWaiter() throws IOException {
        client.call("QLPUSH", "q", "1", "x");
        client.call("QLPUSH", "q", "2", "y");
        Wire waiter = client(server);
        waiter.call("QREGISTER", "q");
        client.call("QRPOP", "q", "EX", "0");
        client.call("QRPOP", "q", "EX", "1");
        long begin = System.nanoTime();
        assertThat(waiter.ask("QNOTIFY", "10")).isEqualTo("q");
        assertThat(System.nanoTime() - begin).isBetween(900_000_000L, 1_100_000_000L);
        assertThat(client.ask("QRPOP", "q")).isEqualTo("[2, y]");
    }

    @Test
    void eachEventComesBackByItselfTheOldestFirst() throws IOException {
        for (int i = 0; i < 120; i++) {
            client.call("QLPUSH", "q", Integer.toString(i), "x");
        }
        for (int i = 0; i < 60; i++) {
            client.call("QRPOP", "q", "EX", "600");
        }
        for (int i = 60; i < 120; i++) {
            client.call("QRPOP", "q", "EX", "1");
        }
        WaitFor.until("60 events are back", () -> {
            try {
                return client.ask("QSTATUS", "q").equals("[[q, 120, 60, 0]]");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        for (int i = 60; i < 120; i++) {
            assertThat(client.ask("QRPOP", "q")).isEqualTo("[" + i + ", x]");
        }
    }

    @Test
    void aRedoneEventIsTheNextAndKeepsNoOldLease() throws IOException {
        client.call("QLPUSH", "q", "1", "x");
        client.call("QLPUSH", "q", "2", "y");
        client.call("QRPOP", "q", "EX", "60");
        client.call("QRPOP", "q", "EX", "1");
        assertThat(client.ask("QACK", "q", "1", "redo")).isEqualTo("1");
        assertThat(client.ask("QACK", "q", "2", "REDO")).isEqualTo("1");
        assertThat(client.ask("QACK", "q", "2", "REDO")).isEqualTo("0");
        assertThat(client.ask("QRPEEK", "q")).isEqualTo("[2, y]");
        client.call("QRPOP", "q", "EX", "60");
        client.call("QREGISTER", "q");
        client.call("QRPOP", "q", "EX", "60");
        assertThat(client.ask("QNOTIFY", "2")).isEqualTo(NOTHING);
    }

    @Test
    void whatIsPushedWakesAllThatWait() throws IOException {
        Wire one = client(server);
        Wire other = client(server);
        for (Wire waiter : new Wire[] {one, other}) {
            waiter.call("QREGISTER", "a", "b");
            assertThat(waiter.ask("QNOTIFY", "0")).isEqualTo(NOTHING);
            waiter.send("QNOTIFY", "10");
        }
        registered("b", 2);
        client.call("QLPUSH", "b", "1", "x");
        assertThat(one.next()).isEqualTo("b");
        assertThat(other.next()).isEqualTo("b");
        assertThat(one.ask("QNOTIFY", "10")).isEqualTo("b");
        assertThat(one.ask("QRPOP", "b")).isEqualTo("[1, x]");
        assertThat(other.ask("QRPOP", "b")).isEqualTo(NOTHING);
    }

    @Test
    void whoWaitsForNothingWaitsAsLong() throws IOException {
        client.send("QNOTIFY", "1");
        assertThat(client.read(Duration.ofMillis(900))).isEqualTo(Optional.empty());
        assertThat(client.next()).isEqualTo(NOTHING);
    }

    @Test
    void aConsumerThatVanishesIsNotCounted() throws IOException {
        Wire gone = client(server);
        gone.call("QREGISTER", "q", "q", "r");
        registered("q", 1);
        gone.send("QNOTIFY", "60");
        gone.close();
        registered("q", 0);
        registered("r", 0);
        client.call("QREGISTER", "q");
        client.call("QREGISTER", "r");
        assertThat(client.ask("QSTATUS")).isEqualTo("[[r, 0, 0, 1]]");
        client.call("QREGISTER");
        assertThat(client.ask("QSTATUS")).isEqualTo("[]");
    }

    @Test
    void flushingEndsWhatConsumersHaveToo() throws IOException {
        client.call("QLPUSH", "q", "1", "x");
        client.call("QLPUSH", "q", "2", "x");
        client.call("QLPUSH", "r", "1", "x");
        client.call("QRPOP", "q", "EX", "60");
        assertThat(client.ask("QFLUSH", "q")).isEqualTo("OK");
        assertThat(client.ask("QFLUSH", "never")).isEqualTo("OK");
        assertThat(client.ask("QSTATUS")).isEqualTo("[[r, 1, 0, 0]]");
        assertThat(client.ask("QACK", "q", "1")).isEqualTo("0");
        assertThat(client.ask("QLPUSH", "q", "1", "y")).isEqualTo("OK");
    }

    @Test
    void peopleSeeColumns() throws IOException {
        client.call("QLPUSH", "long-name", "1", "x");
        assertThat(client.ask("QINFO", "q", "long-name"))
                .isEqualTo("[q          total: 0  processing: 0  consumers: 0,"
                        + " long-name  total: 1  processing: 0  consumers: 0]");
    }

    @Test
    void wordsThatAreMissingAreNamedAsInOkq() throws IOException {
        assertThat(client.ask("QLPUSH", "q", "1")).isEqualTo("ERR missing args");
        assertThat(client.ask("QRPOP", "q", "EX", "-1")).isEqualTo("ERR bad expires value: -1 < 0");
        assertThat(client.ask("QNOTIFY", "abc"))
                .isEqualTo("ERR bad timeout value: strconv.Atoi: parsing \"abc\": invalid syntax");
        assertThat(client.ask("FOO")).isEqualTo("ERR unknown command 'FOO'");
        assertThat(client.ask("COMMAND", "INFO", "qlpush")).isEqualTo("[[qlpush, -4, [write, fast], 0, 0, 0]]");
    }
}
