// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.rabbitmq.client.TrafficListener;
import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.AmqpOptions;
import dev.millrace.amqp.AmqpOptions.Times;
import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that takes connections and never says a word. */
@Tag("slow")
class LinkTest {
    private static final Times TIMES = new Times(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2));
    private static final int CALLERS = 20;

    private static ServerSocket mute() throws IOException {
        return new ServerSocket(0, CALLERS, InetAddress.getLoopbackAddress());
    }

    private static Link link(ServerSocket server) {
        AmqpOptions options =
                AmqpOptions.servers("127.0.0.1:" + server.getLocalPort()).withTimes(TIMES);
        return new Link("test", options, TrafficListener.NO_OP);
    }

    private static List<Thread> callers(Link link, AtomicInteger told) {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Thread.ofPlatform().start(() -> {
                assertThatExceptionOfType(AmqpException.class).isThrownBy(link::connection);
                told.incrementAndGet();
            }));
        }
        return callers;
    }

    /** One after the other they would take 40 seconds. */
    @Test
    void whoeverAsksMeanwhileIsToldByTheSameAttempt() throws IOException {
        try (ServerSocket mute = mute();
                Link link = link(mute)) {
            AtomicInteger told = new AtomicInteger();
            assertThat(callers(link, told)).hasSize(CALLERS);
            WaitFor.until("all are told", Duration.ofSeconds(20), () -> told.get() == CALLERS);
        }
    }

    @Test
    void closingEndsTheAttemptsOfThoseWhoWait() throws IOException {
        try (ServerSocket mute = mute()) {
            AtomicInteger told = new AtomicInteger();
            Link link = link(mute);
            List<Thread> callers = callers(link, told);
            WaitFor.until("all ask", () -> callers.stream().allMatch(LinkTest::waits));
            link.close();
            WaitFor.until("all are told", Duration.ofSeconds(20), () -> told.get() == CALLERS);
        }
    }

    private static boolean waits(Thread caller) {
        return caller.getState() == Thread.State.WAITING || caller.getState() == Thread.State.TIMED_WAITING;
    }
}
