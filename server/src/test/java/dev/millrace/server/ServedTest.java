// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;

/** A server in memory, on a free port of this machine, and clients of it. */
abstract class ServedTest {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    Broker broker() {
        return keep(Brokers.open("mem:"));
    }

    ServerBuilder builder() {
        return MillraceServer.on(broker()).listen("127.0.0.1", 0);
    }

    MillraceServer serve() throws IOException {
        return serve(builder());
    }

    MillraceServer serve(ServerBuilder builder) throws IOException {
        return keep(builder.start());
    }

    Wire client(MillraceServer server) throws IOException {
        return keep(Wire.to(server));
    }

    <T extends AutoCloseable> T keep(T opening) {
        opened.push(opening);
        return opening;
    }

    @AfterEach
    void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
