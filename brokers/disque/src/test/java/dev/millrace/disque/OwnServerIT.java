// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.server.MillraceServer;
import dev.millrace.server.ServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The integration suite against the server of this project, over the memory broker. */
@Tag("slow")
class OwnServerIT {
    private ServerUnderTest.@Nullable Node node;

    @TestFactory
    Stream<DynamicTest> oneNode() {
        OwnNode started = OwnNode.start(builder -> builder);
        node = started;
        return Suite.singleNode(started);
    }

    @TestFactory
    Stream<DynamicTest> aNodeWithAPassword() {
        OwnNode started = OwnNode.start(builder -> builder.password(PasswordScenarios.PASSWORD));
        node = started;
        return Suite.tests(PasswordScenarios.class, started);
    }

    @TestFactory
    Stream<DynamicTest> wordsThatDisqueDoesNotHave() {
        OwnNode started = OwnNode.start(builder -> builder);
        node = started;
        return Suite.tests(MillraceScenarios.class, started);
    }

    @TestFactory
    Stream<DynamicTest> aNodeWithUsers() {
        OwnNode started = OwnNode.start(builder -> builder.user(UserScenarios.USER));
        node = started;
        return Suite.tests(UserScenarios.class, started);
    }

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
    }

    private record OwnNode(Broker broker, MillraceServer server, NodeAddress address) implements ServerUnderTest.Node {
        static OwnNode start(UnaryOperator<ServerBuilder> how) {
            Broker broker = Brokers.open("mem:");
            try {
                MillraceServer server = how.apply(MillraceServer.on(broker).listen("127.0.0.1", 0))
                        .start();
                InetSocketAddress address = server.address().orElseThrow();
                return new OwnNode(broker, server, new NodeAddress("127.0.0.1", address.getPort()));
            } catch (IOException e) {
                broker.close();
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            server.close();
            broker.close();
        }
    }
}
