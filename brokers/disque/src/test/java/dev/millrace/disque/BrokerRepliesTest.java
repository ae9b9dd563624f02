// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Receiver;
import dev.millrace.broker.Subscription;
import dev.millrace.disque.broker.DisqueBroker;
import dev.millrace.job.Guarantee;
import dev.millrace.job.QueueName;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a receiver makes of jobs about whom its server answers with errors. */
class BrokerRepliesTest {
    private static final String NODE = "dcb833cf" + "0".repeat(32);
    private static final List<String> IDS = List.of("aaaa", "bbbb", "cccc").stream()
            .map(part -> "D-dcb833cf-8YL1NT17e9+wsA/09Nqx" + part + "-05a1")
            .toList();

    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private ScriptedServer server;
    private Broker broker;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.answering(this::answer);
        broker = DisqueBroker.builder().node(server.address()).open();
    }

    @AfterEach
    void stop() {
        broker.close();
        server.close();
    }

    private String answer(List<String> request) {
        return switch (request.get(0)) {
            case "HELLO" -> "*2\r\n:1\r\n" + bulk(NODE);
            case "INFO" -> bulk("# Server\r\ndisque_version:1.0-rc1\r\n");
            case "GETJOB" -> jobs();
            case "WORKING" -> refused.contains(request.get(1)) ? "-ERR not now\r\n" : ":300\r\n";
            case "ACKJOB" -> refused.contains(request.get(1)) ? "-ERR not now\r\n" : ":1\r\n";
            default -> "-ERR unexpected\r\n";
        };
    }

    private static String jobs() {
        StringBuilder reply = new StringBuilder("*" + IDS.size() + "\r\n");
        for (String id : IDS) {
            reply.append("*7\r\n")
                    .append(bulk("q") + bulk(id) + bulk("body"))
                    .append(bulk("nacks") + ":0\r\n" + bulk("additional-deliveries") + ":0\r\n");
        }
        return reply.toString();
    }

    private static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    private Receiver receiver(Guarantee guarantee) {
        return broker.receiver(new Subscription(List.of(new QueueName("q")), 10, Duration.ofMinutes(1), guarantee));
    }

    @ParameterizedTest
    @EnumSource
    void oneAnswerThatFailsKeepsTheOthers(Guarantee guarantee) throws InterruptedException {
        refused.add(IDS.get(1));
        try (Receiver receiver = receiver(guarantee)) {
            assertThat(receiver.receive(10, Duration.ofSeconds(5)))
                    .extracting(Delivery::id)
                    .extracting(Objects::toString)
                    .containsExactly(IDS.get(0), IDS.get(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFailureIsThrownIfNoneIsLeft(Guarantee guarantee) {
        refused.addAll(IDS);
        try (Receiver receiver = receiver(guarantee)) {
            assertThatThrownBy(() -> receiver.receive(10, Duration.ofSeconds(5)))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining("not now");
        }
    }
}
