// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.disque.NodeAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a server, and goes for good when the server answers an ADDJOB: as if the client had died
 * between that and its next command.
 */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket socket;
    private final NodeAddress server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Cut cut = Cut.NEVER;
    private volatile boolean added;
    private volatile boolean gone;

    /** When it goes. */
    enum Cut {
        /** It only passes on. */
        NEVER,
        /** The job was added, and the client does not know it. */
        BEFORE_THE_REPLY,
        /** The client knows it, and can say nothing any more. */
        AFTER_THE_REPLY
    }

    CuttingProxy(NodeAddress server) throws IOException {
        this.server = server;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    NodeAddress address() {
        return new NodeAddress("127.0.0.1", socket.getLocalPort());
    }

    void cut(Cut when) {
        cut = when;
    }

    private void accept() {
        while (!gone) {
            try {
                Socket client = socket.accept();
                Socket back = new Socket(server.host(), server.port());
                open.add(client);
                open.add(back);
                Thread.ofVirtual().start(() -> pass(client, back, true));
                Thread.ofVirtual().start(() -> pass(back, client, false));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void pass(Socket from, Socket to, boolean asks) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[1 << 16];
            for (int read = in.read(bytes); read > 0; read = in.read(bytes)) {
                if (asks && cut != Cut.NEVER) {
                    if (gone) {
                        return;
                    }
                    added |= new String(bytes, 0, read, StandardCharsets.ISO_8859_1).contains("ADDJOB");
                }
                boolean last = !asks && added;
                gone |= last;
                if (!last || cut == Cut.AFTER_THE_REPLY) {
                    out.write(bytes, 0, read);
                    out.flush();
                }
                if (last) {
                    close();
                    return;
                }
            }
        } catch (IOException e) {
            // One side went.
        }
    }

    @Override
    public void close() {
        gone = true;
        try {
            socket.close();
            for (Socket one : open) {
                one.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
