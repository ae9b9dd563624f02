// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PostgresServerTest {
    private static final int HELD = 20;

    @Test
    void killLeavesNoProcessAndItStartsAgainWhileOthersConnect() throws Exception {
        AtomicBoolean ending = new AtomicBoolean();
        try (PostgresServer server = PostgresServer.start()) {
            int port = server.port();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                callers.add(Thread.ofPlatform().start(() -> call(port, ending)));
            }
            for (int i = 0; i < 10; i++) {
                server.kill();
                assertThat(left(server)).isEmpty();
                server.restart();
                assertThat(server.port()).isEqualTo(port);
            }
            ending.set(true);
            for (Thread caller : callers) {
                caller.join();
            }
        }
    }

    /** The processes that work in its folder. */
    private static List<ProcessHandle> left(PostgresServer server) {
        return ProcessHandle.allProcesses()
                .filter(each -> worksIn(each, server.folder()))
                .toList();
    }

    private static boolean worksIn(ProcessHandle each, Path folder) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", "" + each.pid(), "cwd"))
                    .startsWith(folder);
        } catch (IOException e) {
            // It has ended, or is another user's.
            return false;
        }
    }

    /** Each connection is a process of the server's. */
    private static void call(int port, AtomicBoolean ending) {
        Deque<Socket> open = new ArrayDeque<>();
        while (!ending.get()) {
            try {
                open.add(new Socket(InetAddress.getLoopbackAddress(), port));
                if (open.size() > HELD) {
                    open.remove().close();
                }
            } catch (IOException e) {
                // The server is away just now.
                Thread.onSpinWait();
            }
        }
        for (Socket each : open) {
            try {
                each.close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
