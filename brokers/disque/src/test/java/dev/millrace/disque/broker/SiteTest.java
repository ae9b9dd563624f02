// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.disque.DisqueAsyncClient;
import dev.millrace.disque.DisquePool;
import dev.millrace.disque.NodeAddress;
import dev.millrace.disque.ScriptedServer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a question about a job goes to, while nodes come and go. */
class SiteTest {
    private static final String FIRST = "dcb833cf" + "0".repeat(32);
    private static final String SECOND = "eeeeeeee" + "0".repeat(32);

    private volatile boolean secondIsThere;
    private ScriptedServer first;
    private ScriptedServer second;
    private DisquePool pool;
    private Site site;

    @BeforeEach
    void start() throws IOException {
        first = ScriptedServer.answering(request -> answer(request, FIRST));
        second = ScriptedServer.answering(request -> answer(request, SECOND));
        pool = DisquePool.builder(List.of(first.address())).connect();
        site = new Site(pool, Terms.defaults(), InstantSource.system(), System::nanoTime, ByCopies::new);
    }

    @AfterEach
    void stop() {
        site.close();
        first.close();
        second.close();
    }

    private String answer(List<String> request, String id) {
        if (!request.get(0).equals("HELLO")) {
            return "+PONG\r\n";
        }
        String nodes = node(FIRST, first.address()) + (secondIsThere ? node(SECOND, second.address()) : "");
        return (secondIsThere ? "*4" : "*3") + "\r\n:1\r\n" + bulk(id) + nodes;
    }

    private static String node(String id, NodeAddress address) {
        return "*4\r\n" + bulk(id) + bulk(address.host()) + bulk("" + address.port()) + bulk("1");
    }

    private static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    private void secondIsThere(boolean there) {
        secondIsThere = there;
        pool.refresh();
        pool.refresh();
    }

    private ScriptedServer asked() {
        long before = pings(second);
        site.ask(second.address(), DisqueAsyncClient::ping).future().join();
        return pings(second) > before ? second : first;
    }

    private static long pings(ScriptedServer server) {
        return server.requests().stream()
                .filter(request -> request.get(0).equals("PING"))
                .count();
    }

    @Test
    void aNodeThatWasUnknownForAMomentIsAskedWhenItIsBack() {
        assertThat(asked()).as("somebody has to be asked").isSameAs(first);
        secondIsThere(true);
        assertThat(asked()).isSameAs(second);
        secondIsThere(false);
        assertThat(asked()).isSameAs(first);
        secondIsThere(true);
        assertThat(asked()).isSameAs(second);
    }
}
