// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A server that wants a password. */
record PasswordScenarios(ServerUnderTest.Node node) implements AutoCloseable {
    static final String PASSWORD = "sésame";

    @Override
    public void close() {}

    @Scenario
    void thePasswordOpens() {
        try (DisqueClient client = DisqueClient.connect(
                        node.address(), DisqueOptions.defaults().withPassword(PASSWORD));
                DisqueAsyncClient async = client.async()) {
            client.add("queue", "x");
            async.ping().join();
        }
    }

    @Scenario
    void withoutItCommandsAreRefused() {
        try (DisqueClient client = DisqueClient.connect(node.address(), DisqueOptions.defaults())) {
            assertThatThrownBy(() -> client.add("queue", "x")).isInstanceOf(NoAuthException.class);
        }
    }

    @Scenario
    void aWrongOneIsRefusedWhenConnecting() {
        assertThatThrownBy(() -> DisqueClient.connect(
                        node.address(), DisqueOptions.defaults().withPassword("open")))
                .isInstanceOf(DisqueServerException.class)
                .hasMessageContaining("invalid password");
    }
}
