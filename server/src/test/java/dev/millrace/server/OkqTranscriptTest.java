// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.testkit.WaitFor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What was recorded with the okq server of 2017, repeated with a server that answers as okq alone. */
@Tag("slow")
class OkqTranscriptTest {
    private static final Pattern DIFFERENT = Pattern.compile("(?m)^- okq transcript `([0-9]+)`: .+");
    private static final Pattern LEFT_OUT = Pattern.compile("(?m)^- okq scenario `([a-z-]+)`: .+");

    @TempDir
    static Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Map<Integer, List<JsonNode>> waiting = new HashMap<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private static Set<String> listed(Pattern pattern) throws IOException {
        Path page = Path.of(System.getProperty("millrace.root"), "docs", "server.md");
        return pattern.matcher(Files.readString(page))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
    }

    private static String scenario(JsonNode exchange) {
        return exchange.has("scenario") ? exchange.get("scenario").asString() : "";
    }

    private Stream<DynamicTest> tests(String url) throws IOException {
        Broker broker = Brokers.open(url);
        opened.add(broker);
        MillraceServer server = MillraceServer.on(broker)
                .dialect(SpokenDialect.OKQ)
                .listen("127.0.0.1", 0)
                .start();
        opened.addFirst(server);
        OkqTranscript transcript = new OkqTranscript(server);
        opened.addFirst(transcript);
        Set<String> leftOut = listed(LEFT_OUT);
        Set<String> different = listed(DIFFERENT);
        return OkqTranscript.all().stream()
                .filter(exchange -> !leftOut.contains(scenario(exchange)))
                .map(exchange ->
                        DynamicTest.dynamicTest(title(exchange), () -> repeat(transcript, exchange, different)));
    }

    private static String title(JsonNode exchange) {
        if (!exchange.has("n")) {
            return "preparing: " + exchange;
        }
        String shown = exchange.has("shown") ? exchange.get("shown").asString() : "bytes";
        return exchange.get("n").asInt() + " " + scenario(exchange) + ": " + shown;
    }

    private void repeat(OkqTranscript transcript, JsonNode exchange, Set<String> different) throws IOException {
        if (exchange.has("close")) {
            transcript.close(exchange.get("close").asString());
        } else if (exchange.has("until")) {
            transcript.send(exchange);
            assertThat(transcript.waits(exchange)).as("waits").isTrue();
            waiting.computeIfAbsent(exchange.get("until").asInt(), number -> new ArrayList<>())
                    .add(exchange);
        } else if (exchange.has("eventually")) {
            WaitFor.until("the server sees who is gone", () -> equal(transcript, exchange));
        } else {
            exchange(transcript, exchange, different);
        }
    }

    private static boolean equal(OkqTranscript transcript, JsonNode exchange) {
        try {
            transcript.send(exchange);
            return text(transcript.receive(exchange)).equals(text(OkqTranscript.reply(exchange)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void exchange(OkqTranscript transcript, JsonNode exchange, Set<String> different) throws IOException {
        long begin = System.nanoTime();
        transcript.send(exchange);
        String reply = text(transcript.receive(exchange));
        if (exchange.has("n") && different.contains(exchange.get("n").asString())) {
            assertThat(reply)
                    .as("docs/server.md lists it as different")
                    .isNotEqualTo(text(OkqTranscript.reply(exchange)));
            return;
        }
        assertThat(reply).isEqualTo(text(OkqTranscript.reply(exchange)));
        if (exchange.has("millis")) {
            long millis = (System.nanoTime() - begin) / 1_000_000;
            assertThat(millis).isGreaterThanOrEqualTo(exchange.get("millis").asLong() - 10);
        }
        if (exchange.has("n")) {
            for (JsonNode waiter : waiting.getOrDefault(exchange.get("n").asInt(), List.of())) {
                assertThat(text(transcript.receive(waiter))).isEqualTo(text(OkqTranscript.reply(waiter)));
            }
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @TestFactory
    Stream<DynamicTest> memoryAnswersAsTheOriginal() throws IOException {
        return tests("mem:");
    }

    @TestFactory
    Stream<DynamicTest> fileAnswersAsTheOriginal() throws IOException {
        return tests("file:" + folder.resolve("jobs"));
    }

    @Test
    void whatIsListedAsDifferentWasRecorded() throws IOException {
        List<JsonNode> all = OkqTranscript.all();
        assertThat(all.stream().map(OkqTranscriptTest::scenario)).containsAll(listed(LEFT_OUT));
        assertThat(all.stream()
                        .filter(one -> one.has("n"))
                        .map(one -> one.get("n").asString()))
                .containsAll(listed(DIFFERENT));
    }
}
