// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.resp.client.Connections;
import dev.millrace.resp.client.NanoClock;
import dev.millrace.resp.client.Watchdog;
import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private final AtomicBoolean breaks = new AtomicBoolean();

    /** A clock that breaks once for whoever watches, as anything may that needs memory. */
    private long now() {
        if (Thread.currentThread().getName().equals("test-watchdog") && breaks.getAndSet(false)) {
            throw new OutOfMemoryError("somewhere else");
        }
        return NanoClock.SYSTEM.getAsLong();
    }

    @Test
    void oneErrorDoesNotEndTheWatch() throws IOException {
        DisqueOptions options = DisqueOptions.defaults().withReplyTimeout(Duration.ofMillis(200));
        try (ScriptedServer server = ScriptedServer.answering(request -> "");
                Watchdog watchdog = new Watchdog("test", this::now).started();
                Connections connections = Connections.to(server.address().endpoint(), options.settings(), watchdog)) {
            connections.connectNow();
            breaks.set(true);
            WaitFor.until("it broke", () -> !breaks.get());
            CompletableFuture<?> call = CompletableFuture.runAsync(() -> connections.call(NodeCommands.ping()));
            assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(DisqueTimeoutException.class);
        }
    }
}
