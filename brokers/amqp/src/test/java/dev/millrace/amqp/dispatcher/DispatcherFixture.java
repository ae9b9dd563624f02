// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.TrafficListener;
import dev.millrace.amqp.AmqpOptions;
import dev.millrace.amqp.Rabbit;
import dev.millrace.amqp.link.Link;
import dev.millrace.testkit.WaitFor;
import dev.millrace.worker.RetryPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An exchange and a queue of the test's own on a real RabbitMQ, as the original in Go declares them. */
abstract class DispatcherFixture {
    static final Duration SHORT = Duration.ofMillis(100);

    final String id = UUID.randomUUID().toString().substring(0, 8);
    final String exchange = "ex-" + id;
    final String queue = "q-" + id;
    final List<Dispatcher> opened = new ArrayList<>();
    final ConcurrentLinkedQueue<TaskCall> done = new ConcurrentLinkedQueue<>();
    Link link = new Link("test", Rabbit.options(), TrafficListener.NO_OP);
    Channel channel = link.channel();

    @BeforeEach
    void declareAsTheOriginalDoes() throws IOException {
        channel.exchangeDeclare(exchange, BuiltinExchangeType.DIRECT, true);
        channel.queueDeclare(queue, true, false, false, null);
        channel.queueBind(queue, exchange, "key");
    }

    @AfterEach
    void close() throws IOException {
        opened.forEach(dispatcher -> dispatcher.close(Duration.ZERO));
        Channel last = channel.isOpen() ? channel : link.channel();
        last.queueDelete(queue);
        last.queueDelete(queue + ".dead");
        last.exchangeDelete(exchange);
        link.close();
    }

    DispatcherBuilder builder(AmqpOptions options) {
        return Dispatcher.on(options)
                .exchange(exchange)
                .defaultRoutingKey("key")
                .queue(queue, "key");
    }

    Dispatcher dispatcher() {
        Dispatcher dispatcher =
                builder(Rabbit.options()).reconnectForEver(SHORT).start();
        opened.add(dispatcher);
        return dispatcher;
    }

    WorkerConfig config() {
        return WorkerConfig.of("w-" + id, queue, "key")
                .withRetry(RetryPolicy.fixed(Duration.ZERO).upTo(2));
    }

    static TaskHandlers handlers(TaskHandler handler) {
        return TaskHandlers.create().on("echo", handler);
    }

    GetResponse next(String from) {
        return WaitFor.value("a message in " + from, () -> {
            try {
                return Optional.ofNullable(channel.basicGet(from, true));
            } catch (IOException e) {
                channel = link.channel();
                return Optional.empty();
            }
        });
    }

    void raw(String body) throws IOException {
        channel.basicPublish(exchange, "key", null, body.getBytes(StandardCharsets.UTF_8));
    }

    void arrives(String uuid) {
        WaitFor.until(
                "task " + uuid + " is done",
                () -> done.stream().anyMatch(task -> task.uuid().equals(uuid)));
    }

    String reason(GetResponse dead) {
        return String.valueOf(dead.getProps().getHeaders().get("millrace-dead-reason"));
    }

    long count(String name) {
        try {
            return channel.messageCount(name);
        } catch (IOException e) {
            channel = link.channel();
            return -1;
        }
    }
}
