// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.EnqueueResult;
import dev.millrace.broker.Feature;
import dev.millrace.broker.Support;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import java.util.List;

/** A server that knows its users by name. */
record UserScenarios(ServerUnderTest.Node node) implements AutoCloseable {
    /** Who may add to some queues and work at all, and look at nothing. */
    static final String USER = "user robot s%same add,work robot-*";

    private static final String PASSWORD = "s%same";

    @Override
    public void close() {}

    private DisqueClient client() {
        return DisqueClient.connect(node.address(), DisqueOptions.defaults().withUser("robot", PASSWORD));
    }

    private Broker broker(String login) {
        return Brokers.open("disque://" + login + node.address());
    }

    @Scenario
    void nameAndPasswordOpen() {
        try (DisqueClient client = client();
                DisqueAsyncClient async = client.async()) {
            client.add("robot-1", "x");
            async.ping().join();
        }
    }

    @Scenario
    void aWrongPasswordIsRefusedWhenConnecting() {
        assertThatThrownBy(() -> DisqueClient.connect(
                        node.address(), DisqueOptions.defaults().withUser("robot", "open")))
                .isInstanceOf(DisqueServerException.class);
    }

    @Scenario
    void whatAUserMayNotIsSaidWithTheGroupThatItTakes() {
        try (DisqueClient client = client()) {
            assertThatThrownBy(client::info)
                    .isInstanceOf(NoPermissionException.class)
                    .hasMessageContainingAll("robot", "info", "look");
            assertThatThrownBy(() -> client.add("mail", "x"))
                    .isInstanceOf(NoPermissionException.class)
                    .hasMessageContaining("mail");
        }
    }

    @Scenario
    void whoMayNotLookFindsTheWordsAllTheSame() {
        try (DisqueClient client = client()) {
            assertThat(client.millrace().orElseThrow().extensions()).contains("nack-header", "findjob");
        }
    }

    @Scenario
    void aBrokerOfAUserHasItInItsUrl() {
        try (Broker broker = broker("robot:s%25same@")) {
            assertThat(broker.capabilities().of(Feature.DEAD_LETTER).level()).isEqualTo(Support.Level.NATIVE);
            broker.send(List.of(Job.of("robot-2", Payload.text("x"))));
        }
        try (Broker broker = Brokers.open("disque://" + node.address() + "?user=robot&password=s%25same")) {
            assertThat(broker.send(List.of(Job.of("mail", Payload.text("x")))))
                    .singleElement()
                    .asInstanceOf(type(EnqueueResult.Refused.class))
                    .satisfies(refused -> assertThat(refused.detail()).contains("NOPERM", "robot", "mail"));
        }
        assertThatThrownBy(() -> broker("robot@"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("user:password@");
        assertThatThrownBy(() -> broker("robot:@"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no password");
    }
}
