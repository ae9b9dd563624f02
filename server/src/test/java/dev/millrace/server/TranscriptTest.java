// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded with the real server, repeated with ours. */
@Tag("slow")
class TranscriptTest {
    private static final java.util.regex.Pattern LISTED =
            java.util.regex.Pattern.compile("(?m)^- transcript `([a-z0-9-]+)`: .+");

    @TempDir
    static Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();

    private MillraceServer serve(String url) throws IOException {
        Broker broker = Brokers.open(url);
        opened.add(broker);
        MillraceServer server = MillraceServer.on(broker).listen("127.0.0.1", 0).start();
        opened.addFirst(server);
        return server;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    /** Those that docs/server.md lists as different, with a reason. */
    private static Set<String> listed() throws IOException {
        Path page = Path.of(System.getProperty("millrace.root"), "docs", "server.md");
        Matcher matcher = LISTED.matcher(Files.readString(page));
        return matcher.results().map(result -> result.group(1)).collect(Collectors.toSet());
    }

    private Stream<DynamicTest> tests(String url, Predicate<Transcript> wanted) throws IOException {
        MillraceServer server = serve(url);
        Set<String> different = listed();
        return Transcript.all().stream()
                .filter(wanted)
                .map(transcript -> DynamicTest.dynamicTest(transcript.title(), () -> {
                    List<String> differences = transcript.repeat(server);
                    if (different.contains(transcript.id())) {
                        assertThat(differences)
                                .as("docs/server.md lists it as different")
                                .isNotEmpty();
                    } else {
                        assertThat(differences).isEmpty();
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> quickOnesInMemory() throws IOException {
        return tests("mem:", transcript -> !transcript.isSlow());
    }

    @TestFactory
    @Tag("slow")
    Stream<DynamicTest> slowOnesInMemory() throws IOException {
        return tests("mem:", Transcript::isSlow);
    }

    @TestFactory
    @Tag("slow")
    Stream<DynamicTest> allInAFolder() throws IOException {
        return tests("file:" + folder.resolve("jobs"), transcript -> true);
    }

    @Test
    void thereAreAsManyAsWereRecordedAndListedOnesAreAmongThem() throws IOException {
        List<Transcript> all = Transcript.all();
        assertThat(all).hasSize(159);
        assertThat(all.stream().map(Transcript::id)).containsAll(listed());
    }
}
