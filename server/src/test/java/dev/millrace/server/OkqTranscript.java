// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import dev.millrace.resp.RespValue;
import dev.millrace.resp.ValueDecoder;
import dev.millrace.resp.ValueLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/*
 * A line of the resource is an exchange on a connection, which has a name: its number n in the recording, the scenario that it
 * belongs to, the bytes of request and reply, and how it was called. With "until" its reply is read only when the exchange
 * with that number is over; with "millis" it took so long. Other lines prepare: "setup" has no number, "close" closes a
 * connection, and what stands behind it is repeated until the server has seen that ("eventually").
 */
/** What was recorded with the okq server of 2017, to be repeated with ours, byte for byte, in its order. */
final class OkqTranscript implements AutoCloseable {
    private static final String RESOURCE = "okq-transcripts.jsonl";
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int SURELY_WAITING_MILLIS = 200;

    private final MillraceServer server;
    private final Map<String, Socket> sockets = new HashMap<>();

    OkqTranscript(MillraceServer server) {
        this.server = server;
    }

    static List<JsonNode> all() {
        try (InputStream in = OkqTranscript.class.getResourceAsStream(RESOURCE)) {
            JsonMapper json = JsonMapper.shared();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(json::readTree)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] request(JsonNode exchange) {
        JsonNode request = exchange.get("request");
        if (request.isString()) {
            return Base64.getDecoder().decode(request.asString());
        }
        List<byte[]> words = new ArrayList<>();
        request.get("words")
                .valueStream()
                .forEach(word -> words.add(word.asString().getBytes(StandardCharsets.UTF_8)));
        words.add(new byte[request.get("fill").asInt()]);
        return Wire.request(words);
    }

    static byte[] reply(JsonNode exchange) {
        JsonNode reply = exchange.get("reply");
        return reply.isString()
                ? Base64.getDecoder().decode(reply.asString())
                : Wire.request(List.of(
                        reply.get("id").asString().getBytes(StandardCharsets.UTF_8),
                        new byte[reply.get("fill").asInt()]));
    }

    private Socket socket(JsonNode exchange) throws IOException {
        String name = exchange.get("on").asString();
        Socket socket = sockets.get(name);
        if (socket == null) {
            socket = new Socket();
            socket.connect(server.address().orElseThrow());
            sockets.put(name, socket);
        }
        return socket;
    }

    void close(String name) throws IOException {
        sockets.remove(name).close();
    }

    void send(JsonNode exchange) throws IOException {
        socket(exchange).getOutputStream().write(request(exchange));
    }

    /** Whether its reply does not come for a while. */
    boolean waits(JsonNode exchange) throws IOException {
        Socket socket = socket(exchange);
        socket.setSoTimeout(SURELY_WAITING_MILLIS);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    /** The bytes of the next reply. */
    byte[] receive(JsonNode exchange) throws IOException {
        Socket socket = socket(exchange);
        socket.setSoTimeout(PATIENCE_MILLIS);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ValueDecoder decoder = new ValueDecoder(ValueLimits.DEFAULT);
        List<RespValue> values = new ArrayList<>();
        byte[] part = new byte[1 << 16];
        while (values.isEmpty()) {
            int size = socket.getInputStream().read(part);
            if (size < 0) {
                throw new IOException("closed by the server after " + bytes.size() + " bytes of a reply");
            }
            bytes.write(part, 0, size);
            decoder.decode(ByteBuffer.wrap(part, 0, size), values::add);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets.values()) {
            socket.close();
        }
    }
}
