// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.amqp.dispatcher.Dispatcher;
import dev.millrace.amqp.dispatcher.Task;
import dev.millrace.amqp.dispatcher.TaskHandlers;
import dev.millrace.amqp.dispatcher.WorkerConfig;
import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.EnqueueResult.Stored;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Subscription;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.testkit.servers.Certificate;
import dev.millrace.testkit.servers.RabbitServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections, and users with passwords, against a real server. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityTest {
    private static final String PASSWORD = "p@ss:w/o?r d%#\u00e9+";
    private static final String ENCODED = "p%40ss%3Aw%2Fo%3Fr%20d%25%23%C3%A9+";

    private Certificate certificate;
    private RabbitServer server;

    @BeforeAll
    void begin(@TempDir Path folder) {
        certificate = Certificate.of(folder, "dns:localhost");
        server = RabbitServer.start(certificate);
    }

    @AfterAll
    void end() {
        server.close();
    }

    private String url(String login, String host, String options) {
        return "amqps://" + login + "@" + host + ":" + server.port() + options;
    }

    private static void carriesAJob(String url) throws InterruptedException {
        try (Broker broker = Brokers.open(url)) {
            assertThat(broker.send(List.of(Job.of("secret", Payload.text("psst"))))
                            .getFirst())
                    .isInstanceOf(Stored.class);
            Receiver receiver = broker.receiver(Subscription.to("secret", 1, Duration.ofSeconds(30)));
            assertThat(receiver.receive(1, Duration.ofSeconds(10))).hasSize(1);
        }
    }

    private static void isRefused(String url, String reason) {
        assertThatThrownBy(() -> {
                    try (Broker broker = Brokers.open(url)) {
                        broker.send(List.of(Job.of("secret", Payload.text("psst"))));
                    }
                })
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void certificateThatIsTrustedIsSpokenTo() throws InterruptedException {
        carriesAJob(url("guest:guest", "localhost", "?ca=" + certificate.chain()));
    }

    @Test
    void certificateThatNobodyTrustsIsRefusedWithAReason() {
        isRefused(url("guest:guest", "localhost", ""), "certificate");
    }

    @Test
    void certificateOfAnotherHostIsRefused() {
        isRefused(url("guest:guest", "127.0.0.1", "?ca=" + certificate.chain()), "127.0.0.1");
    }

    @Test
    void anyCertificateIsTakenByWhoSaysSo() throws InterruptedException {
        carriesAJob(url("guest:guest", "127.0.0.1", "?verify=false"));
    }

    @Test
    void dispatcherSpeaksTls() throws InterruptedException {
        AmqpOptions options = AmqpOptions.servers("localhost:" + server.port())
                .withTls(new AmqpOptions.Tls(certificate.trusting(), true));
        CountDownLatch handled = new CountDownLatch(1);
        try (Dispatcher dispatcher = Dispatcher.on(options)
                .exchange("secrets")
                .defaultRoutingKey("tell")
                .queue("tell", "tell")
                .start()) {
            dispatcher.worker(
                    WorkerConfig.of("teller", "tell", "tell"),
                    TaskHandlers.create().on("tell", task -> handled.countDown()));
            dispatcher.publish(Task.of("tell"));
            assertThat(handled.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void userWithAStrangePasswordIsLetIn() throws InterruptedException {
        server.control("add_user", "ann", PASSWORD);
        server.control("set_permissions", "-p", "/", "ann", ".*", ".*", ".*");
        carriesAJob(url("ann:" + ENCODED, "localhost", "?ca=" + certificate.chain()));
        isRefused(url("ann:wrong", "localhost", "?ca=" + certificate.chain()), "refuses user ann");
    }
}
