// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Brokers;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.redisstreams.broker.RedisBroker;
import dev.millrace.redisstreams.consumer.Result;
import dev.millrace.redisstreams.consumer.StreamConsumer;
import dev.millrace.redisstreams.publisher.StreamPublisher;
import dev.millrace.testkit.servers.Certificate;
import dev.millrace.testkit.servers.RedisServer;
import dev.millrace.worker.Worker;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections, and users with passwords, against a real server. */
@Tag("slow")
class SecurityTest {
    private static final String PASSWORD = "p@ss:w/o?r d%#\u00e9+";

    @TempDir
    private Path folder;

    private static RedisServer serving(Certificate certificate, int port) {
        return RedisServer.start(
                "--tls-port",
                "" + port,
                "--tls-cert-file",
                certificate.chain().toString(),
                "--tls-ca-cert-file",
                certificate.chain().toString(),
                "--tls-key-file",
                certificate.key().toString(),
                "--tls-auth-clients",
                "no");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void carriesAJob(Broker broker) throws InterruptedException {
        CountDownLatch handled = new CountDownLatch(1);
        broker.send(List.of(Job.of("secret", Payload.text("psst"))));
        try (Worker worker = Worker.on(broker)
                .queue("secret", 1)
                .handle("secret", (payload, job) -> handled.countDown())
                .start()) {
            assertThat(handled.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(worker.health()).isNotNull();
        }
    }

    private static void carriesAMessage(RedisOptions options) throws InterruptedException {
        CountDownLatch handled = new CountDownLatch(1);
        try (StreamPublisher publisher = StreamPublisher.open(options);
                StreamConsumer consumer = StreamConsumer.on(options).group("g").consumer("c").stream(
                                "s", (message, context) -> {
                                    handled.countDown();
                                    return Result.success();
                                })
                        .start()) {
            publisher.publish(StreamMessage.to("s").with("x", "1"));
            assertThat(handled.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(consumer.ended().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void whatIsTrustedIsSpokenToOverTls() throws Exception {
        Certificate certificate = Certificate.of(folder, "ip:127.0.0.1");
        int port = freePort();
        try (RedisServer server = serving(certificate, port)) {
            RedisOptions options = RedisOptions.server("127.0.0.1:" + port).withTls(certificate.trusting());
            carriesAMessage(options);
            try (Broker broker = RedisBroker.builder().at(options).open()) {
                carriesAJob(broker);
            }
            assertThat(server.ask("INFO clients")).contains("connected_clients");
        }
    }

    @Test
    void aUrlTrustsWhatTheJdkTrusts() throws Exception {
        Certificate certificate = Certificate.of(folder, "ip:127.0.0.1");
        int port = freePort();
        SSLContext before = SSLContext.getDefault();
        SSLContext.setDefault(certificate.trusting());
        try (RedisServer server = serving(certificate, port);
                Broker broker = Brokers.open("rediss://127.0.0.1:" + port)) {
            carriesAJob(broker);
            assertThat(server.isRunning()).isTrue();
        } finally {
            SSLContext.setDefault(before);
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefusedWithAReason() throws Exception {
        Certificate certificate = Certificate.of(folder, "ip:127.0.0.1");
        int port = freePort();
        try (RedisServer server = serving(certificate, port)) {
            assertThatThrownBy(() -> Brokers.open("rediss://127.0.0.1:" + port))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("a certificate that is trusted");
            assertThatThrownBy(() -> StreamPublisher.open(
                            RedisOptions.server("127.0.0.1:" + port).withTls()))
                    .isInstanceOf(RedisConnectionException.class)
                    .hasMessageContaining("a certificate that is trusted");
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() throws Exception {
        Certificate certificate = Certificate.of(folder, "dns:elsewhere.example");
        int port = freePort();
        try (RedisServer server = serving(certificate, port)) {
            RedisOptions options = RedisOptions.server("127.0.0.1:" + port).withTls(certificate.trusting());
            assertThatThrownBy(() -> StreamPublisher.open(options))
                    .isInstanceOf(RedisConnectionException.class)
                    .hasMessageContaining("names this host");
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void aPlainServerIsNotSpokenToOverTls() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            assertThatThrownBy(() -> Brokers.open("rediss://" + server.address()))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("does it speak TLS there");
        }
    }

    @Test
    void aUserLogsInWithAPasswordThatIsPercentEncodedInTheUrl() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            assertThat(server.ask("ACL SETUSER al:ice on \">" + PASSWORD + "\" ~* &* +@all"))
                    .startsWith("+OK");
            assertThat(server.ask("ACL SETUSER default off")).startsWith("+OK");
            String encoded = URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8).replace("+", "%20");
            for (String password : List.of(encoded, encoded.replace("%2B", "+"))) {
                try (Broker broker = Brokers.open("redis://al%3Aice:" + password + "@" + server.address())) {
                    carriesAJob(broker);
                }
            }
            carriesAMessage(
                    RedisOptions.server(server.address()).withLogin(new RedisOptions.Login("al:ice", PASSWORD, 0)));
            assertThatThrownBy(() -> Brokers.open("redis://al%3Aice:wrong@" + server.address()))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("WRONGPASS")
                    .hasMessageNotContaining("wrong@");
        }
    }

    @Test
    void aPercentSignThatEncodesNothingIsRefusedWithoutShowingThePassword() {
        assertThatThrownBy(() -> Brokers.open("redis://alice:100%zz@127.0.0.1:1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("%25")
                .hasMessageNotContaining("zz");
    }
}
