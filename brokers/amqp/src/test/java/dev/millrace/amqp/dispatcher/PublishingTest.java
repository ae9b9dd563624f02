// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.AmqpOptions;
import dev.millrace.amqp.Rabbit;
import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Publishing against a real RabbitMQ: what the original in Go did, and what it did wrong. */
@Tag("slow")
class PublishingTest extends DispatcherFixture {
    @Test
    void publishedTaskHasThePropertiesOfTheOriginal() {
        Task task = dispatcher().publish(Task.of("echo", TaskArgument.of(1)));
        GetResponse got = next(queue);
        assertThat(new String(got.getBody(), StandardCharsets.UTF_8))
                .isEqualTo("{\"uuid\":\"" + task.uuid().orElseThrow()
                        + "\",\"name\":\"echo\",\"args\":[{\"type\":\"int\",\"value\":1}]}");
        assertThat(task.routingKey()).contains("key");
        BasicProperties properties = got.getProps();
        assertThat(properties.getContentType()).isEqualTo("application/json");
        assertThat(properties.getDeliveryMode()).isEqualTo(2);
        assertThat(properties.getHeaders()).isNullOrEmpty();
        assertThat(properties.getMessageId()).isNull();
        assertThat(properties.getTimestamp()).isNull();
        assertThat(properties.getPriority()).isNull();
        assertThat(properties.getExpiration()).isNull();
        assertThat(properties.getType()).isNull();
        assertThat(got.getEnvelope().getExchange()).isEqualTo(exchange);
    }

    @Test
    void headersTravel() {
        dispatcher()
                .publish(Task.of("echo").withHeader("k", "v").withHeader("n", 3).withHeader("b", true));
        Map<String, Object> headers = next(queue).getProps().getHeaders();
        assertThat(headers).containsEntry("n", 3).containsEntry("b", true);
        assertThat(headers.get("k")).hasToString("v");
    }

    @Test
    void unroutableTaskIsReported() {
        Dispatcher dispatcher = dispatcher();
        assertThatExceptionOfType(AmqpException.class)
                .isThrownBy(() -> dispatcher.publish(Task.of("echo").withRoutingKey("nowhere")))
                .withMessageContaining("nowhere");
        dispatcher.publish(Task.of("echo"));
    }

    @Test
    void eachTaskOfABulkIsAnsweredByItself() {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            Task task = Task.of("echo", TaskArgument.of(i % 2));
            tasks.add(i % 3 == 0 ? task.withUuid("same").withRoutingKey("nowhere") : task);
        }
        List<PublishResult> results = dispatcher().publishAll(tasks);
        for (int i = 0; i < 3_000; i++) {
            assertThat(results.get(i).fate())
                    .isEqualTo(i % 3 == 0 ? PublishResult.Fate.UNROUTABLE : PublishResult.Fate.STORED);
        }
        WaitFor.passing(() -> assertThat(count(queue)).isEqualTo(2_000));
    }

    @Test
    void confirmsOfManyThreadsAreMatched() throws InterruptedException {
        Dispatcher dispatcher = dispatcher();
        AtomicInteger wrong = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            boolean lost = t % 2 == 0;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 100; i++) {
                    Task task = Task.of("echo");
                    PublishResult.Fate fate = dispatcher
                            .publishAll(List.of(lost ? task.withRoutingKey("nowhere") : task))
                            .getFirst()
                            .fate();
                    if ((fate == PublishResult.Fate.UNROUTABLE) != lost) {
                        wrong.incrementAndGet();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong).hasValue(0);
        WaitFor.passing(() -> assertThat(count(queue)).isEqualTo(400));
    }

    @Test
    void publisherLivesOnWhenItsExchangeIsDeleted() throws IOException {
        Dispatcher dispatcher = dispatcher();
        channel.exchangeDelete(exchange);
        assertThatExceptionOfType(AmqpException.class)
                .isThrownBy(() -> dispatcher.publish(Task.of("echo")))
                .withMessageContaining("404");
        dispatcher.publish(Task.of("echo").withUuid("after"));
        assertThat(new String(next(queue).getBody(), StandardCharsets.UTF_8)).contains("after");
    }

    private static AmqpOptions nowhere() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return AmqpOptions.servers("127.0.0.1:" + socket.getLocalPort());
        }
    }

    @Test
    void startingWithoutAServerGivesUpAfterItsAttempts() throws IOException {
        DispatcherBuilder builder = builder(nowhere()).reconnect(3, SHORT);
        assertThatExceptionOfType(AmqpException.class)
                .isThrownBy(builder::start)
                .withMessageContaining("after 3 failed attempts")
                .satisfies(e -> assertThat(e.isGivenUp()).isTrue());
    }

    @Test
    void exchangeAndDefaultRoutingKeyMustBeSaid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Dispatcher.on(Rabbit.options()).defaultRoutingKey("k").start())
                .withMessageContaining("exchange");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dispatcher.on(Rabbit.options()).exchange("e").start())
                .withMessageContaining("routing key");
    }
}
