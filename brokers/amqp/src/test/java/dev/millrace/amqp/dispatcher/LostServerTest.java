// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.TrafficListener;
import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.AmqpOptions;
import dev.millrace.amqp.Rabbit;
import dev.millrace.amqp.link.Link;
import dev.millrace.testkit.WaitFor;
import dev.millrace.testkit.servers.FaultyProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A dispatcher whose server goes away: it comes back by itself, or says that it gave up, and can be closed all the while. */
@Tag("slow")
class LostServerTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final String id = UUID.randomUUID().toString().substring(0, 8);
    private final FaultyProxy proxy = new FaultyProxy(Rabbit.server().port());
    private final ConcurrentLinkedQueue<TaskCall> done = new ConcurrentLinkedQueue<>();

    private DispatcherBuilder builder() {
        return Dispatcher.on(AmqpOptions.servers(proxy.address()))
                .exchange("ex-" + id)
                .defaultRoutingKey("key")
                .queue("q-" + id, "key");
    }

    private DispatcherWorker worker(Dispatcher dispatcher) {
        return dispatcher.worker(
                WorkerConfig.of("w", "q-" + id, "key"), TaskHandlers.create().on("echo", done::add));
    }

    @AfterEach
    void cleanUp() throws IOException {
        proxy.close();
        try (Link link = new Link("cleaning up", Rabbit.options(), TrafficListener.NO_OP)) {
            Channel channel = link.channel();
            channel.queueDelete("q-" + id);
            channel.exchangeDelete("ex-" + id);
        }
    }

    @Test
    void publisherAndWorkersComeBackAfterALostConnection() {
        try (Dispatcher dispatcher = builder().reconnectForEver(SHORT).start()) {
            worker(dispatcher);
            for (int i = 0; i < 3; i++) {
                int round = i;
                proxy.cut();
                WaitFor.until("a task is published", () -> {
                    try {
                        dispatcher.publish(Task.of("echo").withUuid("round " + round));
                        return true;
                    } catch (AmqpException e) {
                        return false;
                    }
                });
                WaitFor.until(
                        "it is done",
                        () -> done.stream().anyMatch(task -> task.uuid().equals("round " + round)));
            }
        }
    }

    @Test
    void whenAttemptsAreUsedUpThatIsSignalledAndClosingDoesNotBlock()
            throws ExecutionException, InterruptedException, TimeoutException {
        Dispatcher dispatcher = builder().reconnect(3, SHORT).start();
        worker(dispatcher);
        proxy.close();
        AmqpException last = dispatcher.givenUp().toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(last).hasMessageContaining("after 3 failed attempts");
        WaitFor.passing(() -> assertThatExceptionOfType(AmqpException.class)
                .isThrownBy(() -> dispatcher.publish(Task.of("echo")))
                .satisfies(e -> assertThat(e.isGivenUp()).isTrue()));
        closesSoon(dispatcher);
    }

    @Test
    void closingWhileReconnectingDoesNotBlock() {
        Dispatcher dispatcher = builder().reconnectForEver(SHORT).start();
        worker(dispatcher);
        proxy.close();
        assertThatExceptionOfType(AmqpException.class).isThrownBy(() -> dispatcher.publish(Task.of("echo")));
        closesSoon(dispatcher);
    }

    private static void closesSoon(Dispatcher dispatcher) {
        long before = System.nanoTime();
        dispatcher.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
        dispatcher.close();
    }
}
