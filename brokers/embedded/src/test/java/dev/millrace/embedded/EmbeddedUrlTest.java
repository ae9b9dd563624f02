// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Brokers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedUrlTest {
    @TempDir
    private Path folder;

    @Test
    void brokersAreOpenedByUrl() {
        try (Broker memory = Brokers.open("mem:");
                Broker file = Brokers.open("file:" + folder.resolve("jobs") + "?sync=everysec&queue-limit=5")) {
            assertThat(memory.name()).isEqualTo("mem:");
            assertThat(file.name()).isEqualTo("file:" + folder.resolve("jobs"));
        }
        assertThat(folder.resolve("jobs")).isDirectory();
    }

    @Test
    void unknownSchemeNamesTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Brokers.open("carrier-pigeon://loft"))
                .withMessageContaining("carrier-pigeon")
                .withMessageContaining("file, mem");
    }

    @ParameterizedTest
    @CsvSource({
        "file:F?snyc=always, unknown option \"snyc\"; known are max-body",
        "file:F?sync=sometimes, sync \"sometimes\" is unknown; give always",
        "file:F?max-body=0, max-body 0 is out of range; give 1 to 268435456",
        "file:F?max-body=many, max-body \"many\" is no whole number",
        "file:F?segment-bytes=10, segment-bytes 10 is out of range",
        "file:F?salvage=perhaps, salvage \"perhaps\" is unknown; give true or false",
        "file:F?sync=always&sync=never, has a broken option",
        "file:, names no directory; write it like file:./jobs",
        "mem:name, write mem: alone",
        "mem:?sync=always, unknown option \"sync\"",
        "jobs, has no scheme",
    })
    void badUrlIsRefusedWithTheValueAndWhatWouldBeRight(String url, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Brokers.open(url.replace("F", folder.toString())))
                .withMessageContaining(message);
    }

    @Test
    void fileInPlaceOfTheFolderIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("jobs"), "not a folder");
        assertThatThrownBy(() -> Brokers.open("file:" + file))
                .isInstanceOf(BrokerException.class)
                .hasMessageContaining(file.toString());
    }
}
