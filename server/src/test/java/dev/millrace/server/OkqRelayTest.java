// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Addressable;
import dev.millrace.broker.Administrable;
import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.broker.Inspectable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands of okq in front of a broker that is no host. */
class OkqRelayTest extends ServedTest {
    private static final Set<Class<?>> ALL = Set.of(Addressable.class, Inspectable.class, Administrable.class);

    private Broker broker;
    private MillraceServer server;
    private Wire client;

    @BeforeEach
    void start() throws IOException {
        broker = keep(Brokers.open("mem:"));
        server = serve(on(ALL));
        client = client(server);
    }

    private ServerBuilder on(Set<Class<?>> roles) {
        return MillraceServer.on(new Narrowed(broker, roles)).listen("127.0.0.1", 0);
    }

    @Test
    void eventsArePushedPoppedAndAcknowledged() throws IOException {
        assertThat(client.ask("QLPUSH", "a:b", "1", "x")).isEqualTo("OK");
        assertThat(client.ask("QLPUSH", "a:b", "2", "y")).isEqualTo("OK");
        assertThat(client.ask("QLPUSH", "a:b", "2", "y")).isEqualTo("ERR duplicate event 2");
        assertThat(client.ask("QRPUSH", "a:b", "3", "z")).isEqualTo("OK");
        assertThat(client.ask("QRPEEK", "a:b")).isEqualTo("[3, z]");
        assertThat(client.ask("QLPEEK", "a:b")).startsWith("ERR the broker").contains("cannot");
        assertThat(client.ask("QRPOP", "a:b", "EX", "60")).isEqualTo("[3, z]");
        assertThat(client.ask("QRPOP", "a:b", "EX", "0")).isEqualTo("[1, x]");
        assertThat(client.ask("QSTATUS", "a:b")).isEqualTo("[[a:b, 2, 1, 0]]");
        assertThat(client.ask("QACK", "a:b", "1")).isEqualTo("0");
        assertThat(client.ask("QACK", "a:b", "3")).isEqualTo("1");
        assertThat(client.ask("QACK", "a:b", "2")).isEqualTo("1");
        assertThat(client.ask("QRPOP", "a:b")).isEqualTo("null");
    }

    @Test
    void anotherServerAcknowledgesAndRedoes() throws IOException {
        client.call("QLPUSH", "q", "1", "x");
        client.call("QLPUSH", "q", "2", "y");
        client.call("QRPOP", "q", "EX", "60");
        client.call("QRPOP", "q", "EX", "60");
        Wire other = client(serve(on(ALL)));
        assertThat(other.ask("QACK", "q", "2", "REDO")).isEqualTo("1");
        assertThat(other.ask("QACK", "q", "2", "REDO")).isEqualTo("0");
        assertThat(client.ask("QACK", "q", "1", "REDO")).isEqualTo("1");
        assertThat(List.of(other.ask("QRPOP", "q"), client.ask("QRPOP", "q")))
                .containsExactlyInAnyOrder("[1, x]", "[2, y]");
        assertThat(client.ask("QACK", "q", "1")).isEqualTo("1");
    }

    @Test
    void jobsOfDisqueAreEvents() throws IOException {
        String job = client.ask("ADDJOB", "q", "a", "0");
        assertThat(client.ask("QRPOP", "q")).isEqualTo("[" + job + ", a]");
        assertThat(client.ask("QACK", "other", job)).isEqualTo("0");
        assertThat(client.ask("QACK", "q", job)).isEqualTo("1");
    }

    @Test
    void whoWaitsIsToldOfWhatIsPushedAndOfWhatComesBack() throws IOException {
        Wire waiter = client(server);
        waiter.call("QREGISTER", "a", "b");
        assertThat(waiter.ask("QNOTIFY", "0")).isEqualTo("null");
        waiter.send("QNOTIFY", "10");
        assertThat(waiter.read(Duration.ofMillis(200))).isEqualTo(Optional.empty());
        client(serve(on(ALL))).call("QLPUSH", "b", "1", "x");
        assertThat(waiter.next()).isEqualTo("b");
        client.call("QRPOP", "b", "EX", "1");
        long begin = System.nanoTime();
        assertThat(waiter.ask("QNOTIFY", "10")).isEqualTo("b");
        assertThat(System.nanoTime() - begin).isBetween(900_000_000L, 1_100_000_000L);
        assertThat(client.ask("QFLUSH", "b")).isEqualTo("OK");
        assertThat(waiter.ask("QNOTIFY", "1")).isEqualTo("null");
    }

    @Test
    void flushingEndsWhatThisServerHandedOut() throws IOException {
        client.call("QLPUSH", "q", "1", "x");
        client.call("QLPUSH", "q", "2", "x");
        client.call("QRPOP", "q", "EX", "60");
        assertThat(client.ask("QFLUSH", "q")).isEqualTo("OK");
        assertThat(client.ask("QSTATUS")).isEqualTo("[]");
    }
}
