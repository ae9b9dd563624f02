// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.TrafficListener;
import dev.millrace.amqp.Rabbit;
import dev.millrace.amqp.link.Channels;
import dev.millrace.amqp.link.Link;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SessionTest {
    private static final int OFTEN = 500;

    /** A receiver is closed while its thread finds out that it was. */
    @Test
    void sessionThatTwoThreadsCloseLeavesTheConnectionToOthers() throws Exception {
        try (Link link = new Link("closing sessions", Rabbit.options(), TrafficListener.NO_OP);
                ExecutorService others = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < OFTEN; i++) {
                Session session = new Session(link.channel(), "", List.of());
                CyclicBarrier together = new CyclicBarrier(2);
                Future<?> other = others.submit(() -> {
                    together.await();
                    session.close();
                    return true;
                });
                together.await();
                session.close();
                Channel next = link.channel();
                assertThat(next.isOpen()).isTrue();
                other.get();
                Channels.close(next);
            }
        }
    }
}
