// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    private static final Digest DIGEST = new Digest("ab", 7);

    @TempDir
    Path folder;

    private static ResultLine line(ResultLine.Kind kind, int number) {
        return new ResultLine(kind, number, 1, kind == ResultLine.Kind.DONE ? Optional.of(DIGEST) : Optional.empty());
    }

    @Test
    void whatIsWrittenIsReadWhileTheFileGrows() throws IOException {
        Path file = folder.resolve("results");
        List<ResultLine> read = new ArrayList<>();
        try (ResultsReader reader = new ResultsReader(file)) {
            reader.poll(read::add);
            assertThat(read).as("there is no file yet").isEmpty();
            try (ResultsWriter writer = new ResultsWriter(file)) {
                writer.write(line(ResultLine.Kind.START, 0));
                reader.poll(read::add);
                writer.write(line(ResultLine.Kind.DONE, 0));
                reader.poll(read::add);
            }
        }
        assertThat(read).containsExactly(line(ResultLine.Kind.START, 0), line(ResultLine.Kind.DONE, 0));
    }

    @Test
    void aLineThatWasCutOffCountsForNothing() throws IOException {
        Path file = folder.resolve("results");
        Files.writeString(file, "START 0 1\nDONE 0 1 ab");
        List<ResultLine> read = new ArrayList<>();
        try (ResultsReader reader = new ResultsReader(file)) {
            reader.poll(read::add);
            assertThat(read).hasSize(1);
            Files.writeString(file, " 7\n", StandardOpenOption.APPEND);
            reader.poll(read::add);
            assertThat(read).last().isEqualTo(line(ResultLine.Kind.DONE, 0));
        }
    }

    @Test
    void theLedgerKnowsWhatBecameOfEachJob() {
        Ledger ledger = new Ledger(4);
        ledger.add(line(ResultLine.Kind.START, 0));
        ledger.add(line(ResultLine.Kind.DONE, 0));
        ledger.add(line(ResultLine.Kind.START, 1));
        ledger.add(line(ResultLine.Kind.FAIL, 1));
        ledger.add(line(ResultLine.Kind.START, 1));
        ledger.add(line(ResultLine.Kind.DONE, 1));
        ledger.add(line(ResultLine.Kind.START, 2));
        assertThat(List.of(ledger.done(), ledger.retried(), ledger.deliveredTwice()))
                .as("job 2 is in the hands of a handler: its one start is not explained yet")
                .containsExactly(2, 1, 1);
        ledger.add(line(ResultLine.Kind.START, 2));
        ledger.add(line(ResultLine.Kind.DONE, 2));
        ledger.add(line(ResultLine.Kind.DONE, 2));
        assertThat(List.of(ledger.done(), ledger.retried(), ledger.deliveredTwice()))
                .containsExactly(3, 1, 1);
        assertThat(ledger.contradicts(2)).isFalse();
        ledger.add(new ResultLine(ResultLine.Kind.DONE, 2, 2, Optional.of(new Digest("cd", 7))));
        assertThat(ledger.contradicts(2)).isTrue();
        ledger.add(line(ResultLine.Kind.DONE, 4));
        assertThat(ledger.unknown()).isEqualTo(1);
        assertThat(ledger.digest(3)).isEmpty();
    }
}
