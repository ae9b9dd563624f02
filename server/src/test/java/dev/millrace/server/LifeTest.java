// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From the start to the end, and beyond it. */
class LifeTest extends ServedTest {
    @TempDir
    Path folder;

    @Test
    void closingAnswersThoseWhoWaitAndDoesWhatWasHeard() throws IOException {
        MillraceServer server = serve();
        Wire waiting = client(server).send("GETJOB", "FROM", "q");
        Wire other = client(server);
        WaitFor.passing(() -> assertThat(ask(other, "INFO", "clients")).contains("blocked_clients:1"));
        server.close();
        assertThat(waiting.next()).isEqualTo("null");
        assertThat(waiting.closed()).isTrue();
        assertThat(other.closed()).isTrue();
    }

    @Test
    @Timeout(20)
    void aDelayedJobOfAProducerInThisProcessWakesAClientOnTime() throws IOException {
        Broker broker = broker();
        Wire waiting =
                client(serve(MillraceServer.on(broker).listen("127.0.0.1", 0))).send("GETJOB", "FROM", "q");
        Wire other = client(serve(MillraceServer.on(broker).listen("127.0.0.1", 0)));
        WaitFor.passing(() -> assertThat(ask(other, "QSTAT", "q")).contains("blocked, 1"));
        broker.send(List.of(Job.of("q", Payload.text("late")).after(Duration.ofMillis(50))));
        assertThat(waiting.next()).contains("late");
    }

    private static String ask(Wire wire, String... words) {
        try {
            return wire.ask(words);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Timeout(20)
    void closingTwiceAndTogetherIsAllowed() throws Exception {
        MillraceServer server = serve();
        Thread one = Thread.startVirtualThread(server::close);
        server.close();
        one.join();
        server.awaitClosed();
    }

    @Test
    @Timeout(20)
    void aClientCanEndTheServer() throws Exception {
        MillraceServer server = serve();
        Wire client = client(server).send("SHUTDOWN");
        assertThat(client.closed()).isTrue();
        server.awaitClosed();
    }

    @Test
    void aServerThatListensNowhereIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MillraceServer.on(broker()).start())
                .withMessageContaining("has to listen somewhere");
    }

    @Test
    void idsCountersDelaysAndPausesSurviveARestart() throws IOException {
        String url = "file:" + folder.resolve("jobs");
        String nacked;
        String delayed;
        String once;
        String node;
        try (Broker broker = Brokers.open(url);
                MillraceServer server =
                        MillraceServer.on(broker).listen("127.0.0.1", 0).start();
                Wire client = Wire.to(server)) {
            nacked = client.ask("ADDJOB", "q", "nacked", "0");
            once = client.ask("ADDJOB", "once", "b", "0", "RETRY", "0");
            delayed = client.ask("ADDJOB", "later", "b", "0", "DELAY", "1000");
            client.call("GETJOB", "FROM", "q");
            assertThat(client.ask("NACK", nacked)).isEqualTo("1");
            client.call("PAUSE", "stopped", "in");
            node = client.ask("CLUSTER", "MYID");
        }
        try (Broker broker = Brokers.open(url);
                MillraceServer server =
                        MillraceServer.on(broker).listen("127.0.0.1", 0).start();
                Wire client = Wire.to(server)) {
            assertThat(client.ask("CLUSTER", "MYID")).isEqualTo(node);
            assertThat(client.ask("GETJOB", "WITHCOUNTERS", "FROM", "q"))
                    .isEqualTo("[[q, " + nacked + ", nacked, nacks, 1, additional-deliveries, 0]]");
            assertThat(client.ask("GETJOB", "FROM", "once")).isEqualTo("[[once, " + once + ", b]]");
            assertThat(client.ask("GETJOB", "NOHANG", "FROM", "later")).isEqualTo("null");
            assertThat(client.ask("ENQUEUE", delayed)).isEqualTo("1");
            assertThat(client.ask("GETJOB", "NOHANG", "FROM", "later")).contains(delayed);
            assertThat(client.ask("ADDJOB", "stopped", "b", "0")).startsWith("PAUSED");
            assertThat(client.ask("ACKJOB", nacked, once, delayed)).isEqualTo("3");
        }
    }

    @Test
    void healthAndMetricsAreThere() throws Exception {
        MillraceServer server = serve(builder().http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        client(server).call("ADDJOB", "a \"queue\"", "b", "0");
        assertThat(get(server, "/health").body()).isEqualTo("ok\n");
        String metrics = get(server, "/metrics").body();
        assertThat(metrics)
                .contains("# TYPE millrace_clients gauge\nmillrace_clients 1\n")
                .contains("millrace_commands_total 1\n", "millrace_jobs 1\n")
                .contains("millrace_queue_jobs{queue=\"a \\\"queue\\\"\",state=\"ready\"} 1\n");
        assertThat(get(server, "/other").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> get(MillraceServer server, String path) throws Exception {
        InetSocketAddress address = server.httpAddress().orElseThrow();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
