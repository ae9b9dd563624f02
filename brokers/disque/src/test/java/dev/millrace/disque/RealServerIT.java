// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The integration suite against the real server, whose binary the environment variable DISQUE_SERVER names. */
class RealServerIT {
    private final @Nullable RealDisque server = RealDisque.given().orElse(null);
    private ServerUnderTest.@Nullable Node node;

    @TestFactory
    Stream<DynamicTest> oneNode() {
        if (server == null) {
            return notRun();
        }
        ServerUnderTest.Node started = server.start();
        node = started;
        return Suite.singleNode(started);
    }

    @TestFactory
    Stream<DynamicTest> aNodeWithAPassword() {
        if (server == null) {
            return notRun();
        }
        ServerUnderTest.Node started = server.start(List.of("--requirepass", PasswordScenarios.PASSWORD));
        node = started;
        return Suite.tests(PasswordScenarios.class, started);
    }

    @TestFactory
    Stream<DynamicTest> threeNodes() {
        return server == null ? notRun() : Suite.tests(ClusterScenarios.class, server);
    }

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
    }

    private static Stream<DynamicTest> notRun() {
        String line = "not run: the real server (set DISQUE_SERVER to the path of disque-server)";
        System.out.println(line);
        return Stream.of(DynamicTest.dynamicTest(line, () -> {}));
    }
}
