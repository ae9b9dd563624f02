// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Inspectable;
import dev.millrace.embedded.EmbeddedBroker;
import dev.millrace.testkit.ManualTime;
import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server on a broker that is no host: it finds jobs by their id, lets people look and manage, and no more. */
class RelayTest extends ServedTest {
    private static final Set<Class<?>> ALL = Set.of(Addressable.class, Inspectable.class, Administrable.class);

    private Broker broker;
    private MillraceServer server;
    private Wire client;

    @BeforeEach
    void start() throws IOException {
        broker = keep(Brokers.open("mem:"));
        server = serve(on(ALL));
        client = client(server);
    }

    private ServerBuilder on(Set<Class<?>> roles) {
        return MillraceServer.on(new Narrowed(broker, roles)).listen("127.0.0.1", 0);
    }

    private void blocked(int clients) {
        WaitFor.until(clients + " clients wait", () -> {
            try {
                return client.ask("INFO", "clients").contains("blocked_clients:" + clients + "\r\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void aJobIsAddedTakenAndAcknowledged() throws IOException {
        String id = client.ask("ADDJOB", "q", "body", "0", "RETRY", "60");
        assertThat(id).matches("D-[0-9a-f]{8}-[A-Za-z0-9+/]{24,}-ffff");
        assertThat(client.ask("QLEN", "q")).isEqualTo("1");
        assertThat(client.ask("QPEEK", "q", "10")).isEqualTo("[[q, " + id + ", body]]");
        assertThat(client.ask("GETJOB", "WITHCOUNTERS", "FROM", "q"))
                .isEqualTo("[[q, " + id + ", body, nacks, 0, additional-deliveries, 0]]");
        assertThat(client.ask("SHOW", id)).contains("id, " + id, "state, active", "body, body");
        assertThat(client.ask("ACKJOB", id, id)).isEqualTo("1");
        assertThat(client.ask("ACKJOB", id)).isEqualTo("0");
        assertThat(client.ask("SHOW", id)).isEqualTo("null");
    }

    @Test
    void whatIsPipelinedIsDoneInItsOrder() throws IOException {
        client.send("ADDJOB", "q", "a", "0")
                .send("QLEN", "q")
                .send("ADDJOB", "q", "b", "0")
                .send("QLEN", "q")
                .send("PING")
                .send("GETJOB", "NOHANG", "COUNT", "10", "FROM", "q")
                .send("QLEN", "q")
                .send("PAUSE", "q", "in")
                .send("ADDJOB", "q", "c", "0");
        List<String> replies = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            replies.add(client.next());
        }
        assertThat(replies.get(1)).isEqualTo("1");
        assertThat(replies.get(3)).isEqualTo("2");
        assertThat(replies.get(4)).isEqualTo("PONG");
        assertThat(replies.get(5)).contains(", a]", ", b]");
        assertThat(replies.get(6)).isEqualTo("0");
        assertThat(replies.get(7)).isEqualTo("in");
        assertThat(replies.get(8)).isEqualTo("PAUSED Queue paused in input, try later");
    }

    @Test
    void whoWaitsIsServedInOrderOfArrival() throws IOException {
        List<Wire> waiting = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            waiting.add(client(server).send("GETJOB", "TIMEOUT", "20000", "FROM", "q", "other"));
            blocked(i);
        }
        for (String body : List.of("0", "1", "2", "3", "4")) {
            client.call("ADDJOB", body.equals("2") ? "other" : "q", body, "0");
            assertThat(waiting.get(Integer.parseInt(body)).next()).endsWith(", " + body + "]]");
        }
    }

    @Test
    void manyGetsOfOneClientAreAnsweredInTheirOrder() throws IOException {
        Wire worker = client(server);
        for (int i = 0; i < 20; i++) {
            worker.send("GETJOB", "FROM", "q");
        }
        blocked(1);
        for (int i = 0; i < 20; i++) {
            client.call("ADDJOB", "q", "" + i, "0");
        }
        for (int i = 0; i < 20; i++) {
            assertThat(worker.next()).endsWith(", " + i + "]]");
        }
    }

    @Test
    void aTimeoutIsMetAndTakesNoJob() throws IOException {
        assertThat(client.ask("GETJOB", "TIMEOUT", "100", "FROM", "q")).isEqualTo("null");
        client.call("ADDJOB", "q", "a", "0");
        assertThat(client.ask("GETJOB", "TIMEOUT", "100", "FROM", "q")).endsWith(", a]]");
    }

    @Test
    void whoHangsUpWhileWaitingLosesNothing() throws IOException {
        for (int round = 0; round < 20; round++) {
            Wire gone = client(server).send("GETJOB", "FROM", "q" + round);
            if (round % 2 == 0) {
                blocked(1);
            }
            gone.close();
            client.call("ADDJOB", "q" + round, "job " + round, "0");
        }
        for (int round = 0; round < 20; round++) {
            assertThat(client.ask("GETJOB", "TIMEOUT", "10000", "FROM", "q" + round))
                    .endsWith(", job " + round + "]]");
        }
    }

    @Test
    void aJobHandedBackComesAgainAndCountsAnAttempt() throws IOException {
        String id = client.ask("ADDJOB", "q", "a", "0");
        client.call("GETJOB", "FROM", "q");
        assertThat(client.ask("NACK", id)).isEqualTo("1");
        assertThat(client.ask("NACK", id)).isEqualTo("0");
        assertThat(client.ask("GETJOB", "WITHCOUNTERS", "FROM", "q")).endsWith("additional-deliveries, 1]]");
        assertThat(client.ask("NACK", id, "PDELAY", "60000")).isEqualTo("1");
        assertThat(client.ask("GETJOB", "NOHANG", "FROM", "q")).isEqualTo("null");
        assertThat(client.ask("ENQUEUE", id)).isEqualTo("1");
        assertThat(client.ask("GETJOB", "NOHANG", "FROM", "q")).contains(id);
        assertThat(client.ask("WORKING", id)).isEqualTo("300");
    }

    @Test
    void aJobIsPutAsideListedAndQueuedAgain() throws IOException {
        String id = client.ask("ADDJOB", "q", "a", "0");
        assertThat(client.ask("DEADJOB", "broken", id))
                .startsWith("ERR the broker mem:")
                .contains("did not hand out");
        client.call("GETJOB", "FROM", "q");
        assertThat(client.ask("DEADJOB", "broken", id)).isEqualTo("1");
        assertThat(client.ask("DEADLIST", "q", "10"))
                .contains(id, "state, dead", "body, a, reason, broken, dead-since, null");
        assertThat(client.ask("REDRIVE", "q")).isEqualTo("1");
        assertThat(client.ask("JSCAN", "QUEUE", "q", "STATE", "queued")).isEqualTo("[0, [" + id + "]]");
        assertThat(client.ask("PURGE", "q")).isEqualTo("1");
    }

    @Test
    void idsOutliveTheServerThatGaveThem() throws IOException {
        String plain = client.ask("ADDJOB", "q", "a", "0");
        String chosen = client.ask("ADDJOB", "q", "b", "0", "ID", "an id of more than seventeen bytes");
        assertThat(client.ask("ADDJOB", "q", "b", "0", "ID", "an id of more than seventeen bytes"))
                .isEqualTo("DUPLICATE " + chosen);
        assertThat(client.ask("FINDJOB", "an id of more than seventeen bytes")).contains("id, " + chosen);
        client.call("GETJOB", "COUNT", "2", "FROM", "q");
        server.close();
        client = client(serve(on(ALL)));
        assertThat(client.ask("SHOW", chosen)).contains("state, active");
        assertThat(client.ask("NACK", plain)).isEqualTo("1");
        assertThat(client.ask("ACKJOB", plain, chosen)).isEqualTo("2");
        assertThat(client.ask("QSTAT", "q")).isEqualTo("null");
    }

    @Test
    void queuesAreListedAndWaitersCounted() throws IOException {
        client.call("ADDJOB", "a", "x", "0");
        client.call("ADDJOB", "b", "x", "0", "DELAY", "100");
        client(server).send("GETJOB", "FROM", "c");
        assertThat(client.ask("QSCAN")).isEqualTo("[0, [a, b]]");
        assertThat(client.ask("QSTAT", "b")).contains("name, b, len, 0", "pause, none");
        blocked(1);
        assertThat(client.ask("QSTAT", "c")).contains("blocked, 1");
        assertThat(client.ask("PAUSE", "a", "out")).isEqualTo("out");
        assertThat(client.ask("GETJOB", "NOHANG", "FROM", "a")).isEqualTo("null");
    }

    @Test
    void whatCannotBeDoneIsAnError() throws IOException {
        String id = client.ask("ADDJOB", "q", "a", "0");
        for (String command : List.of(
                "ADDJOB q a 0 RETRY 0",
                "ADDJOB q a 0 MAXLEN 5",
                "ADDJOB q a 0 DELIVERIES 5",
                "DEQUEUE " + id,
                "WAITJOB " + id + " 0",
                "WORKING " + id,
                "NACK " + id + " DELAY 1",
                "QPEEK q -1",
                "JSCAN")) {
            assertThat(client.ask(command.split(" ")))
                    .as(command)
                    .startsWith("ERR the broker mem:")
                    .contains(" cannot ");
        }
        assertThat(client.ask("ACKJOB", "nonsense")).isEqualTo("BADID Invalid Job ID format.");
        assertThat(client.ask("ACKJOB", "D-00000000-AAAAAAAAAAAAAAAAAAAAAAAA-05a1"))
                .isEqualTo("0");
        assertThat(client.ask("QLEN", "q")).isEqualTo("1");
    }

    private Wire onTime(ManualTime time) throws IOException {
        Broker timed = keep(EmbeddedBroker.builder().clock(time).open());
        return client(serve(MillraceServer.on(new Narrowed(timed, ALL))
                .listen("127.0.0.1", 0)
                .clock(time)));
    }

    @Test
    void whatWasHandedOutIsRememberedHoweverManyQueuesAreAskedFor() throws IOException {
        ManualTime time = new ManualTime();
        Wire timed = onTime(time);
        String id = timed.ask("ADDJOB", "q", "x", "0");
        timed.call("GETJOB", "FROM", "q");
        for (int i = 0; i < 150; i++) {
            time.advance(Duration.ofSeconds(1));
            assertThat(timed.ask("GETJOB", "NOHANG", "FROM", "q" + i)).isEqualTo("null");
        }
        assertThat(timed.ask("WORKING", id)).isEqualTo("300");
        assertThat(timed.ask("NACK", id, "PDELAY", "1000")).isEqualTo("1");
    }

    @Test
    void anErrorInTheBrokerIsTheAnswerOfOneAndNotTheEnd() throws IOException {
        AtomicBoolean breaks = new AtomicBoolean();
        MillraceServer breaking = serve(MillraceServer.on(new Breaking(new Narrowed(broker, ALL), breaks))
                .listen("127.0.0.1", 0));
        Wire asking = client(breaking);
        for (String command : List.of("ADDJOB q a 0", "GETJOB NOHANG FROM q", "QLEN q", "ADDJOB q a 0")) {
            breaks.set(true);
            assertThat(asking.ask(command.split(" "))).as(command).contains("no memory for a test");
        }
        Wire waiting = client(breaking).send("GETJOB", "TIMEOUT", "20000", "FROM", "q");
        assertThat(asking.ask("ADDJOB", "q", "a", "0")).startsWith("D-");
        assertThat(waiting.next()).endsWith(", a]]");
    }

    @Test
    void whoeverLetsNobodyLookSaysSo() throws IOException {
        Wire blind = client(serve(on(Set.of(Addressable.class))));
        String id = blind.ask("ADDJOB", "q", "a", "0");
        assertThat(blind.ask("QLEN", "q")).startsWith("ERR the broker mem:").endsWith("cannot show its queues");
        assertThat(blind.ask("PAUSE", "q", "in")).endsWith("cannot manage its queues");
        assertThat(blind.ask("PURGE", "q")).startsWith("ERR ");
        assertThat(blind.ask("GETJOB", "FROM", "q")).contains(id);
        assertThat(blind.ask("ACKJOB", id)).isEqualTo("1");
        assertThatThrownBy(() -> on(Set.of()).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not find a job by its id");
    }
}
