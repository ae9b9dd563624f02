// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.testkit.servers.GivenServer;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The integration suite against the real server, whose binary the environment variable DISQUE_SERVER names. */
class RealServerIT {
    private ServerUnderTest.@Nullable Node node;

    private static Stream<DynamicTest> given(Function<RealDisque, Stream<DynamicTest>> tests) {
        return GivenServer.tests(RealDisque.given(), "the client on a real Disque", RealDisque.HOW, tests);
    }

    private ServerUnderTest.Node started(RealDisque real, List<String> options) {
        ServerUnderTest.Node started = real.start(options);
        node = started;
        return started;
    }

    @TestFactory
    Stream<DynamicTest> oneNode() {
        return given(real -> Suite.singleNode(started(real, List.of())));
    }

    @TestFactory
    Stream<DynamicTest> aNodeWithAPassword() {
        List<String> options = List.of("--requirepass", PasswordScenarios.PASSWORD);
        return given(real -> Suite.tests(PasswordScenarios.class, started(real, options)));
    }

    @TestFactory
    Stream<DynamicTest> threeNodes() {
        return given(real -> Suite.tests(ClusterScenarios.class, real));
    }

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
    }
}
