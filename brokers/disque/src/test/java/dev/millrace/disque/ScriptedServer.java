// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server that does as it is told: it reads requests and answers with bytes that were recorded. One thread a connection. */
public final class ScriptedServer implements AutoCloseable {
    /** An id of a job, as a server gives it. */
    static final String ID = "D-dcb833cf-8YL1NT17e9+wsA/09NqxscQI-05a1";

    private final ServerSocket socket;
    private final Script script;
    private final Thread acceptor = Thread.ofVirtual().unstarted(this::accept);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<List<String>> requests = Collections.synchronizedList(new ArrayList<>());

    /** What becomes of a connection; it is closed at the end. */
    public interface Script {
        void play(Conversation conversation) throws IOException;
    }

    private ScriptedServer(ServerSocket socket, Script script) {
        this.socket = socket;
        this.script = script;
    }

    static ScriptedServer playing(Script script) throws IOException {
        return on(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
    }

    static ScriptedServer on(ServerSocket socket, Script script) {
        ScriptedServer server = new ScriptedServer(socket, script);
        server.acceptor.start();
        return server;
    }

    /** Answers each request; null hangs up. */
    public static ScriptedServer answering(Function<List<String>, @Nullable String> answers) throws IOException {
        return playing(conversation -> {
            for (List<String> request = conversation.request(); request != null; request = conversation.request()) {
                String answer = answers.apply(request);
                if (answer == null) {
                    return;
                }
                conversation.reply(answer);
            }
        });
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> play(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void play(Socket client) {
        try (client) {
            script.play(new Conversation(client));
        } catch (IOException e) {
            // The client went.
        } finally {
            open.remove(client);
        }
    }

    public NodeAddress address() {
        return new NodeAddress("127.0.0.1", socket.getLocalPort());
    }

    DisqueClient client() {
        return DisqueClient.connect(address(), DisqueOptions.defaults());
    }

    /** All that were read so far, of all connections. */
    public List<List<String>> requests() {
        return List.copyOf(requests);
    }

    /** Hangs up on everybody, and goes on. */
    void hangUp() {
        open.forEach(ScriptedServer::close);
    }

    private static void close(Socket client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            // A client that comes while the socket is being closed may still be accepted.
            acceptor.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        hangUp();
    }

    /** One connection. Bytes are characters of ISO 8859-1. */
    public final class Conversation {
        private final InputStream in;
        private final OutputStream out;

        private Conversation(Socket client) throws IOException {
            client.setTcpNoDelay(true);
            this.in = new BufferedInputStream(client.getInputStream());
            this.out = client.getOutputStream();
        }

        /** The words of the next request; null if the client hung up. */
        @Nullable
        List<String> request() throws IOException {
            String first = line();
            if (first == null) {
                return null;
            }
            List<String> words = new ArrayList<>();
            for (int left = Integer.parseInt(first.substring(1)); left > 0; left--) {
                int length = Integer.parseInt(String.valueOf(line()).substring(1));
                words.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
                in.skipNBytes(2);
            }
            requests.add(words);
            return words;
        }

        private @Nullable String line() throws IOException {
            StringBuilder text = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    return text.toString();
                }
                if (next != '\r') {
                    text.append((char) next);
                }
            }
            return null;
        }

        void reply(String raw) throws IOException {
            out.write(raw.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }
}
