// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.TrafficListener;
import dev.millrace.amqp.Rabbit;
import dev.millrace.amqp.link.Link;
import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers against a real RabbitMQ: what the original in Go did, and what it did wrong. */
@Tag("slow")
class DispatcherTest extends DispatcherFixture {
    @Test
    void declarationsAreThoseThatTheOriginalRepeats() throws IOException {
        channel.queueDelete(queue);
        channel.exchangeDelete(exchange);
        dispatcher().worker(config(), handlers(done::add));
        declareAsTheOriginalDoes();
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void workerDoesWhatTheOriginalSends() throws IOException {
        dispatcher().worker(config(), handlers(done::add));
        raw(
                "{\"uuid\":\"93f8f85e\",\"name\":\"echo\",\"args\":[{\"type\":\"string\",\"value\":\"v\"},{\"type\":\"int\",\"value\":1}]}");
        arrives("93f8f85e");
        TaskCall task = done.element();
        assertThat(task.argument(0, String.class)).isEqualTo("v");
        assertThat(task.argument(1, Long.class)).isEqualTo(1);
        assertThat(task.delivery().attempt()).isEqualTo(1);
        assertThat(task.delivery().redelivered()).isFalse();
    }

    @Test
    void workerHasItsNameAsConsumerTagAndItsLimitAsPrefetch() {
        dispatcher().worker(config().withLimit(7), handlers(done::add));
        WaitFor.passing(() -> assertThat(Rabbit.server()
                        .control("list_consumers", "queue_name", "consumer_tag", "prefetch_count", "ack_required"))
                .contains(queue + "\tw-" + id + "\ttrue\t7"));
    }

    @Test
    void workerLivesOnWhenItsQueueIsDeleted() throws IOException {
        Dispatcher dispatcher = dispatcher();
        dispatcher.worker(config(), handlers(done::add));
        dispatcher.publish(Task.of("echo").withUuid("before"));
        arrives("before");
        channel.queueDelete(queue);
        WaitFor.until("the queue is there again", () -> count(queue) >= 0);
        WaitFor.passing(() -> dispatcher.publish(Task.of("echo").withUuid("after")));
        arrives("after");
    }

    @Test
    void failedTaskIsTriedAgainAndEndsInTheDeadLetters() {
        AtomicInteger attempts = new AtomicInteger();
        Dispatcher dispatcher = dispatcher();
        dispatcher.worker(config(), handlers(task -> {
            attempts.incrementAndGet();
            throw new IllegalStateException("no such address");
        }));
        dispatcher.publish(Task.of("echo").withUuid("bad").withHeader("k", "v"));
        GetResponse dead = next(queue + ".dead");
        assertThat(attempts).hasValue(2);
        assertThat(new String(dead.getBody(), StandardCharsets.UTF_8)).contains("\"bad\"");
        assertThat(reason(dead)).contains("no such address");
        Map<String, Object> headers = dead.getProps().getHeaders();
        assertThat(headers).containsEntry("millrace-attempt-count", 2);
        assertThat(headers.get("k")).hasToString("v");
        assertThat(count(queue)).isZero();
    }

    @Test
    void errorsOfHandlersTakeNothingDown() {
        Dispatcher dispatcher = dispatcher();
        dispatcher.worker(
                config(),
                TaskHandlers.create()
                        .on("poison", task -> {
                            throw new StackOverflowError("poison");
                        })
                        .on("echo", done::add));
        dispatcher.publish(Task.of("poison"));
        assertThat(reason(next(queue + ".dead"))).contains("poison");
        dispatcher.publish(Task.of("echo").withUuid("alive"));
        arrives("alive");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not JSON",
                "[]",
                "{}",
                "null",
                "{\"name\":\"echo\",\"args\":[{\"type\":\"int128\",\"value\":1}]}",
                "{\"name\":\"echo\",\"args\":[{\"value\":1}]}",
                "{\"name\":\"echo\",\"args\":[{\"type\":\"int8\",\"value\":300}]}"
            })
    void messageThatCannotBeReadGoesToTheDeadLetters(String body) throws IOException {
        Dispatcher dispatcher = dispatcher();
        dispatcher.worker(config(), handlers(done::add));
        raw(body);
        GetResponse dead = next(queue + ".dead");
        assertThat(new String(dead.getBody(), StandardCharsets.UTF_8)).isEqualTo(body);
        assertThat(reason(dead)).isNotBlank();
        dispatcher.publish(Task.of("echo").withUuid("alive"));
        arrives("alive");
        assertThat(done).hasSize(1);
    }

    @Test
    void unknownTaskComesAgainAfterADelayAndNotForEver() {
        Dispatcher dispatcher = dispatcher();
        WorkerConfig config = config().withUnknown(new WorkerConfig.Unknown(Duration.ofMillis(300), 3));
        dispatcher.worker(config, handlers(done::add));
        long before = System.nanoTime();
        dispatcher.publish(Task.of("other"));
        GetResponse dead = next(queue + ".dead");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(600));
        assertThat(reason(dead)).contains("other").contains("echo");
        assertThat(dead.getProps().getHeaders()).containsEntry("millrace-attempt-count", 3);
    }

    @Test
    void timedOutTaskIsInterruptedAndNotTakenForDone() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Dispatcher dispatcher = dispatcher();
        TaskHandlers slow = TaskHandlers.create().on("slow", Duration.ofMillis(200), task -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                new CountDownLatch(1).await();
            } finally {
                running.decrementAndGet();
            }
        });
        dispatcher.worker(config().withLimit(1), slow);
        dispatcher.publish(Task.of("slow"));
        dispatcher.publish(Task.of("slow"));
        assertThat(reason(next(queue + ".dead"))).containsIgnoringCase("time");
        next(queue + ".dead");
        assertThat(most).hasValue(1);
    }

    @Test
    void limitIsKeptAndUsed() throws InterruptedException {
        CountDownLatch four = new CountDownLatch(4);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Dispatcher dispatcher = dispatcher();
        dispatcher.worker(config().withLimit(4), handlers(task -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            four.countDown();
            go.await();
            running.decrementAndGet();
            done.add(task);
        }));
        dispatcher.publishAll(Collections.nCopies(20, Task.of("echo")));
        assertThat(four.await(20, TimeUnit.SECONDS)).isTrue();
        go.countDown();
        WaitFor.until("all are done", () -> done.size() == 20);
        assertThat(most).hasValue(4);
    }

    @Test
    void taskWhoseConnectionWasLostComesAgainFlagged() {
        CountDownLatch started = new CountDownLatch(1);
        Dispatcher dispatcher = dispatcher();
        dispatcher.worker(config().withLimit(1), handlers(task -> {
            started.countDown();
            if (!task.delivery().redelivered()) {
                new CountDownLatch(1).await(3, TimeUnit.SECONDS);
            }
            done.add(task);
        }));
        dispatcher.publish(Task.of("echo").withUuid("twice"));
        WaitFor.until("it has begun", () -> started.getCount() == 0);
        Rabbit.server().control("close_all_connections", "a test");
        link = new Link("test", Rabbit.options(), TrafficListener.NO_OP);
        channel = link.channel();
        WaitFor.until(
                "it came again",
                () -> done.stream().anyMatch(task -> task.delivery().redelivered()));
        assertThat(done).extracting(TaskCall::uuid).containsOnly("twice");
        WaitFor.passing(() -> dispatcher.publish(Task.of("echo").withUuid("after")));
        arrives("after");
    }

    @Test
    void closingWaitsForTasksThatRun() {
        CountDownLatch started = new CountDownLatch(1);
        Dispatcher dispatcher = dispatcher();
        dispatcher.worker(config(), handlers(task -> {
            started.countDown();
            new CountDownLatch(1).await(500, TimeUnit.MILLISECONDS);
            done.add(task);
        }));
        dispatcher.publish(Task.of("echo"));
        WaitFor.until("it has begun", () -> started.getCount() == 0);
        dispatcher.close();
        assertThat(done).hasSize(1);
        assertThat(count(queue)).isZero();
        dispatcher.close();
    }

    @Test
    void closingWithADeadlineHandsBackWhatStillRuns() {
        CountDownLatch started = new CountDownLatch(1);
        Dispatcher dispatcher = dispatcher();
        dispatcher.worker(config(), handlers(task -> {
            started.countDown();
            new CountDownLatch(1).await();
        }));
        dispatcher.publish(Task.of("echo").withUuid("back"));
        WaitFor.until("it has begun", () -> started.getCount() == 0);
        dispatcher.close(SHORT);
        assertThat(new String(next(queue).getBody(), StandardCharsets.UTF_8)).contains("back");
    }

    @Test
    void workersAreFoundByName() {
        Dispatcher dispatcher = dispatcher();
        DispatcherWorker worker = dispatcher.worker(config(), handlers(done::add));
        assertThat(dispatcher.workerByName(worker.name())).containsSame(worker);
        assertThat(dispatcher.workerByName("nobody")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> dispatcher.worker(config(), handlers(done::add)));
    }

    /** What methods a worker can have. */
    public static final class Methods {
        private final ConcurrentLinkedQueue<Object> seen = new ConcurrentLinkedQueue<>();

        /** Exact types and wider ones. */
        @TaskMethod("add")
        public void add(int a, long b, double c) {
            seen.add(a + b + c);
        }

        /** With the uuid first. */
        @TaskMethod(value = "greet", timeLimitSeconds = 5, uuidFirst = true)
        public void greet(String uuid, String name, boolean loud) {
            seen.add(uuid + name + loud);
        }
    }

    @Test
    void annotatedMethodsGetTheirArguments() {
        Methods methods = new Methods();
        Dispatcher dispatcher = dispatcher();
        dispatcher.worker(config(), TaskHandlers.create().methodsOf(methods));
        dispatcher.publish(Task.of("add")
                .with(ArgumentType.INT32, 1)
                .with(ArgumentType.INT, 2)
                .with(ArgumentType.FLOAT64, 0.5));
        dispatcher.publish(
                Task.of("greet", TaskArgument.of("Ann"), TaskArgument.of(true)).withUuid("u"));
        WaitFor.until("both are done", () -> methods.seen.size() == 2);
        assertThat(methods.seen).containsExactlyInAnyOrder(3.5, "uAnntrue");
        dispatcher.publish(Task.of("add", TaskArgument.of(1)));
        assertThat(reason(next(queue + ".dead"))).contains("1 arguments").contains("takes 3");
    }

    @Test
    void declaredTypesMustBeThoseThatWereSent() {
        Dispatcher dispatcher = dispatcher();
        dispatcher.worker(
                config(),
                TaskHandlers.create().on("echo", List.of(ArgumentType.UINT8, ArgumentType.STRING), done::add));
        dispatcher.publish(Task.of("echo", TaskArgument.of(1), TaskArgument.of("a")));
        assertThat(reason(next(queue + ".dead"))).contains("[int, string]").contains("[uint8, string]");
        dispatcher.publish(Task.of("echo")
                .with(ArgumentType.UINT8, 1)
                .with(ArgumentType.STRING, "a")
                .withUuid("right"));
        arrives("right");
    }
}
