// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever consumers do, and whenever they vanish, no event is lost, and none that was acknowledged comes again. */
@Timeout(60)
@Tag("slow")
class OkqCrowdTest extends ServedTest {
    private static final int PUSHERS = 3;
    private static final int CONSUMERS = 4;
    private static final int EVENTS = 150;

    @TempDir
    Path folder;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> again = ConcurrentHashMap.newKeySet();

    @Test
    void nothingIsLostInMemory() throws Exception {
        nothingIsLost(broker());
    }

    @Test
    void nothingIsLostInFiles() throws Exception {
        nothingIsLost(keep(Brokers.open("file:" + folder.resolve("jobs"))));
    }

    private void nothingIsLost(Broker broker) throws Exception {
        MillraceServer server = serve(MillraceServer.on(broker).listen("127.0.0.1", 0));
        List<Callable<Void>> all = new ArrayList<>();
        for (int i = 0; i < PUSHERS; i++) {
            int who = i;
            all.add(() -> push(server, who));
        }
        for (int i = 0; i < CONSUMERS; i++) {
            int seed = i;
            all.add(() -> consume(server, new Random(seed)));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(all.size())) {
            for (Future<Void> each : threads.invokeAll(all)) {
                each.get();
            }
        }
        assertThat(acknowledged).hasSize(PUSHERS * EVENTS);
        assertThat(again).isEmpty();
        assertThat(client(server).ask("QSTATUS", "a", "b")).isEqualTo("[[a, 0, 0, 0], [b, 0, 0, 0]]");
    }

    private static Void push(MillraceServer server, int who) throws IOException {
        try (Wire wire = Wire.to(server)) {
            for (int i = 0; i < EVENTS; i++) {
                String queue = i % 3 == 0 ? "a" : "b";
                String word = i % 7 == 0 ? "QRPUSH" : "QLPUSH";
                assertThat(wire.ask(word, queue, who + "-" + i, "body " + i)).isEqualTo("OK");
            }
        }
        return null;
    }

    private Void consume(MillraceServer server, Random random) throws IOException {
        Wire wire = registered(server);
        try {
            while (acknowledged.size() < PUSHERS * EVENTS) {
                String queue = wire.ask("QNOTIFY", "1");
                String event = queue.equals("null") ? "null" : wire.ask("QRPOP", queue, "EX", "1");
                if (!event.equals("null")) {
                    String id = event.substring(1, event.indexOf(','));
                    if (acknowledged.contains(id)) {
                        again.add(id);
                    }
                    wire = settle(server, wire, random, queue, id);
                }
            }
        } finally {
            wire.call("QREGISTER");
            wire.close();
        }
        return null;
    }

    private static Wire registered(MillraceServer server) throws IOException {
        Wire wire = Wire.to(server);
        wire.call("QREGISTER", "a", "b");
        return wire;
    }

    private Wire settle(MillraceServer server, Wire wire, Random random, String queue, String id) throws IOException {
        int dice = random.nextInt(20);
        if (dice == 0) {
            wire.close();
            return registered(server);
        }
        if (dice == 1) {
            wire.call("QACK", queue, id, "REDO");
        } else if (wire.ask("QACK", queue, id).equals("1")) {
            acknowledged.add(id);
        }
        return wire;
    }
}
