// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The words that Disque does not have. */
class ExtrasTest extends ServedTest {
    private MillraceServer server;
    private Wire client;

    @BeforeEach
    void start() throws IOException {
        server = serve();
        client = client(server);
    }

    @Test
    void anIdOfYourOwnIsThereOnce() throws IOException {
        String id = client.ask("ADDJOB", "q", "a", "0", "TTL", "600", "ID", "order 17");
        assertThat(id).startsWith("D-").endsWith("-000b");
        assertThat(client.ask("ADDJOB", "other", "b", "0", "ID", "order 17")).isEqualTo("DUPLICATE " + id);
        assertThat(client.ask("QLEN", "other")).isEqualTo("0");
    }

    @Test
    void aJobIsFoundByTheIdThatItsProducerChose() throws IOException {
        String id = client.ask("ADDJOB", "q", "a", "0", "ID", "order 17");
        assertThat(client.ask("FINDJOB", "order 17"))
                .startsWith("[id, " + id + ", queue, q,")
                .endsWith(", body, a]");
        assertThat(client.ask("FINDJOB", "order 18")).isEqualTo("null");
        assertThat(client.ask("FINDJOB", " no id ")).isEqualTo("null");
        client.call("ACKJOB", id);
        assertThat(client.ask("FINDJOB", "order 17")).isEqualTo("null");
    }

    @Test
    void headersTravelBesideTheBody() throws IOException {
        client.call("ADDJOB", "q", "a", "0", "HEADER", "lang", "pl", "HEADER", "x", "");
        assertThat(client.ask("GETJOB", "WITHHEADERS", "FROM", "q")).endsWith(", a, headers, [lang, pl, x, ]]]");
    }

    @Test
    void frontAndPriorityGoFirst() throws IOException {
        client.call("ADDJOB", "q", "usual", "0");
        client.call("ADDJOB", "q", "front", "0", "FRONT");
        client.call("ADDJOB", "q", "urgent", "0", "PRIORITY", "9");
        assertThat(client.ask("GETJOB", "COUNT", "3", "FROM", "q")).matches(".*urgent.*front.*usual.*");
    }

    @Test
    void aNackedJobCanWait() throws IOException {
        String id = client.ask("ADDJOB", "q", "a", "0");
        client.call("GETJOB", "FROM", "q");
        assertThat(client.ask("NACK", id, "PDELAY", "1000")).isEqualTo("1");
        assertThat(client.ask("GETJOB", "NOHANG", "FROM", "q")).isEqualTo("null");
        assertThat(client.ask("GETJOB", "WITHCOUNTERS", "FROM", "q"))
                .endsWith(", a, nacks, 1, additional-deliveries, 0]]");
        assertThat(client.ask("NACK", id, "DELAY", "100")).isEqualTo("1");
        assertThat(client.ask("SHOW", id)).containsPattern("next-requeue-within, (9\\d{4}|100000),");
        assertThat(client.ask("NACK", id, "DELAY", "-1")).startsWith("ERR DELAY");
    }

    @Test
    void headersComeWithAJobThatIsHandedBack() throws IOException {
        String id = client.ask("ADDJOB", "q", "a", "0", "HEADER", "k", "1", "HEADER", "l", "1");
        client.call("GETJOB", "FROM", "q");
        assertThat(client.ask("NACK", id, "HEADER", "k", "2", "PDELAY", "0", "HEADER", "delay", "9"))
                .isEqualTo("1");
        assertThat(client.ask("GETJOB", "WITHHEADERS", "FROM", "q")).contains("k, 2", "l, 1", "delay, 9");
        assertThat(client.ask("NACK", id, "HEADER", "k")).startsWith("ERR syntax");
        assertThat(client.ask("DEADJOB", "why", id, "DELAY", "1")).startsWith("ERR syntax");
        assertThat(client.ask("DEADJOB", "why", id, "HEADER", "k", "3")).isEqualTo("1");
        assertThat(client.ask("SHOW", id)).contains("state, dead", "why").contains("3");
    }

    @Test
    void untilThenAHandedBackJobIsShownAsDelayed() throws IOException {
        String id = client.ask("ADDJOB", "q", "a", "0", "DELAY", "0");
        client.call("GETJOB", "FROM", "q");
        assertThat(client.ask("SHOW", id)).contains("delay, 0");
        client.call("NACK", id, "DELAY", "100");
        assertThat(client.ask("SHOW", id)).contains("state, active", "delay, 100");
    }

    @Test
    void aJobThatWasPutAsideIsRevivedByItsId() throws IOException {
        String id = client.ask("ADDJOB", "q", "a", "0");
        client.call("DEADJOB", "why", id);
        assertThat(client.ask("ENQUEUE", id)).isEqualTo("0");
        assertThat(client.ask("REVIVE", id)).isEqualTo("1");
        assertThat(client.ask("REVIVE", id)).isEqualTo("0");
        assertThat(client.ask("GETJOB", "FROM", "q")).contains(id);
    }

    @Test
    void afterItsLastDeliveryAJobIsPutAsideAndComesBackWhenItIsTold() throws IOException {
        String id = client.ask("ADDJOB", "q", "a", "0", "DELIVERIES", "1");
        client.call("GETJOB", "FROM", "q");
        assertThat(client.ask("NACK", id)).isEqualTo("1");
        assertThat(client.ask("QLEN", "q")).isEqualTo("0");
        assertThat(client.ask("DEADLIST", "q", "10"))
                .contains(id, "state, dead")
                .matches(".*, body, a, reason, delivered 1 times [^,]*, and 1 is the most, dead-since, \\d{13}]]");
        assertThat(client.ask("REDRIVE", "q")).isEqualTo("1");
        assertThat(client.ask("GETJOB", "FROM", "q")).contains(id);
    }

    @Test
    void aJobCanBePutAsideByHandAndThrownAway() throws IOException {
        String id = client.ask("ADDJOB", "q", "a", "0");
        assertThat(client.ask("DEADJOB", "cannot be read", id)).isEqualTo("1");
        assertThat(client.ask("GETJOB", "NOHANG", "FROM", "q")).isEqualTo("null");
        assertThat(client.ask("DEADLIST", "q", "1")).contains("reason, cannot be read, dead-since, ");
        assertThat(client.ask("DEADPURGE", "q")).isEqualTo("1");
        assertThat(client.ask("SHOW", id)).isEqualTo("null");
    }

    @Test
    void aQueueIsPurged() throws IOException {
        client.call("ADDJOB", "q", "a", "0");
        client.call("ADDJOB", "q", "b", "0", "DELAY", "100");
        assertThat(client.ask("PURGE", "q")).isEqualTo("2");
        assertThat(client.ask("QLEN", "q")).isEqualTo("0");
    }

    @Test
    void whoWaitsForAJobIsToldHowItEnded() throws IOException {
        String id = client.ask("ADDJOB", "q", "a", "0");
        assertThat(client.ask("WAITJOB", id, "50")).isEqualTo("null");
        Wire other = client(server).send("WAITJOB", id, "0");
        assertThat(other.read(Duration.ofMillis(100))).isEmpty();
        client.call("ACKJOB", id);
        assertThat(other.next()).isEqualTo("acked");
        assertThat(client.ask("WAITJOB", id, "0")).isEqualTo("unknown");
    }

    @Test
    void aServerThatIsLeavingAnswersAllWhoWait() throws IOException {
        String id = client.ask("ADDJOB", "q", "a", "0");
        Wire awaiting = client(server).send("WAITJOB", id, "0");
        Wire mute = client(server)
                .send("CLIENT", "REPLY", "SKIP")
                .send("GETJOB", "FROM", "none")
                .send("PING");
        Wire taking = client(server).send("GETJOB", "FROM", "none");
        WaitFor.until("three wait", () -> blocked(3));
        assertThat(client.ask("CLUSTER", "LEAVING", "yes")).isEqualTo("OK");
        assertThat(awaiting.next()).isEqualTo("null");
        assertThat(mute.next()).isEqualTo("PONG");
        assertThat(taking.next()).startsWith("LEAVING");
    }

    private boolean blocked(int clients) {
        try {
            return client.ask("INFO", "clients").contains("blocked_clients:" + clients + "\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theServerSaysWhatItHas() throws IOException {
        assertThat(client.ask("INFO", "server"))
                .contains("\r\nmillrace_version:", "\r\nmillrace_extensions:addjob-id,");
        assertThat(client.ask("COMMAND", "INFO", "waitjob", "purge"))
                .isEqualTo("[[waitjob, 3, [readonly], 0, 0, 0], [purge, 2, [write], 0, 0, 0]]");
    }

    @Test
    void monitorsSeeWhatOthersAsk() throws IOException {
        Wire monitor = client(server);
        assertThat(monitor.ask("MONITOR")).isEqualTo("OK");
        client.call("ADDJOB", "q", "a\n\"b\"", "0");
        assertThat(monitor.next())
                .matches(
                        "[0-9]{10}\\.[0-9]{6} \\[127\\.0\\.0\\.1:[0-9]+] \"ADDJOB\" \"q\" \"a\\\\n\\\\\"b\\\\\"\" \"0\"");
    }
}
