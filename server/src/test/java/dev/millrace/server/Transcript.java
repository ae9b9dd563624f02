// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import dev.millrace.resp.RespValue;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/*
 * A line of the resource: id, desc and tags; pre and post, commands to send on another connection before and after;
 * commands in the order of sending (words, or {"raw":bytes}); replies as patterns in the order of reading; and flow, how
 * they are interleaved:
 *
 *   ["send", connection, command]   ["recv", connection, reply, seconds]   ["sleep", ms]   ["close", connection]
 *
 * A word is a text, {"b64":…}, {"fill":text,"n":times} or {"ref":"J2"}, the second id of a job that was seen. Bytes are
 * {"b64":…}, or {"b64z":…} if they are packed by zlib.
 */
/** An exchange that was recorded with the real server, to be repeated with another. */
record Transcript(JsonNode record) {
    private static final String RESOURCE = "disque-transcripts.jsonl";

    static List<Transcript> all() {
        try (InputStream in = Transcript.class.getResourceAsStream(RESOURCE)) {
            JsonMapper json = JsonMapper.shared();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> new Transcript(json.readTree(line)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String id() {
        return record.get("id").asString();
    }

    String title() {
        return id() + ": " + record.get("desc").asString();
    }

    boolean isSlow() {
        return record.get("tags").valueStream().anyMatch(tag -> tag.asString().equals("slow"));
    }

    /** Repeats it; returns what was different. */
    List<String> repeat(MillraceServer server) throws IOException, InterruptedException, DataFormatException {
        List<String> differences = new ArrayList<>();
        try (Wire control = Wire.to(server)) {
            for (JsonNode command : record.get("pre")) {
                control.raw(Wire.request(words(command, List.of()))).read();
            }
            control.call("DEBUG", "FLUSHALL");
            new Run(server, differences).go();
            for (JsonNode command : record.get("post")) {
                control.raw(Wire.request(words(command, List.of()))).read();
            }
        }
        return differences;
    }

    private static List<byte[]> words(JsonNode command, List<String> ids) {
        return command.valueStream().map(word -> word(word, ids)).toList();
    }

    private static byte[] word(JsonNode word, List<String> ids) {
        if (word.isString()) {
            return word.asString().getBytes(StandardCharsets.UTF_8);
        }
        if (word.has("ref")) {
            int number = Integer.parseInt(word.get("ref").asString().substring(1));
            return ids.get(number - 1).getBytes(StandardCharsets.US_ASCII);
        }
        if (word.has("fill")) {
            return word.get("fill").asString().repeat(word.get("n").asInt()).getBytes(StandardCharsets.ISO_8859_1);
        }
        return Base64.getDecoder().decode(word.get("b64").asString());
    }

    private static byte[] bytes(JsonNode raw) throws DataFormatException {
        if (raw.has("b64")) {
            return Base64.getDecoder().decode(raw.get("b64").asString());
        }
        Inflater inflater = new Inflater();
        inflater.setInput(Base64.getDecoder().decode(raw.get("b64z").asString()));
        byte[] bytes = new byte[1 << 21];
        int size = inflater.inflate(bytes);
        inflater.end();
        return java.util.Arrays.copyOf(bytes, size);
    }

    private final class Run {
        private final MillraceServer server;
        private final List<String> differences;
        private final SequencedSet<String> ids = new LinkedHashSet<>();
        private final Map<Integer, Wire> wires = new HashMap<>();

        Run(MillraceServer server, List<String> differences) {
            this.server = server;
            this.differences = differences;
        }

        void go() throws IOException, InterruptedException, DataFormatException {
            try {
                for (JsonNode step : record.get("flow")) {
                    step(step);
                }
            } finally {
                wires.values().forEach(Wire::close);
            }
        }

        private void step(JsonNode step) throws IOException, InterruptedException, DataFormatException {
            int number = step.get(1).asInt();
            switch (step.get(0).asString()) {
                case "sleep" -> new CountDownLatch(1).await(number, TimeUnit.MILLISECONDS);
                case "close" -> wires.remove(number).close();
                case "send" ->
                    send(wire(number), record.get("commands").get(step.get(2).asInt()));
                default -> receive(wire(number), step);
            }
        }

        private Wire wire(int number) throws IOException {
            Wire wire = wires.get(number);
            if (wire == null) {
                wire = Wire.to(server);
                wires.put(number, wire);
            }
            return wire;
        }

        private void send(Wire wire, JsonNode command) throws IOException, DataFormatException {
            byte[] bytes =
                    command.has("raw") ? bytes(command.get("raw")) : Wire.request(words(command, List.copyOf(ids)));
            try {
                wire.raw(bytes);
            } catch (IOException closed) {
                if (!command.has("raw")) {
                    throw closed;
                }
            }
        }

        private void receive(Wire wire, JsonNode step) throws IOException {
            Duration patience = Duration.ofMillis(Math.round(step.get(3).asDouble() * 1000));
            JsonNode pattern = record.get("replies").get(step.get(2).asInt());
            try {
                Optional<RespValue> reply = wire.read(patience);
                reply.ifPresent(value -> Pattern.learn(value, ids));
                if (!(reply.isEmpty() ? pattern.has("none") : Pattern.matches(pattern, reply.get(), ids))) {
                    differences.add("wanted " + pattern + ", got " + reply);
                }
            } catch (EOFException closed) {
                if (!pattern.has("eof")) {
                    differences.add("wanted " + pattern + ", but the connection was closed");
                }
            }
        }
    }
}
