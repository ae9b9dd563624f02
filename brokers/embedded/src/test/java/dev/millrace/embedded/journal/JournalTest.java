// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a journal does while nothing goes wrong. */
class JournalTest {
    private static final int SEGMENT = 4096;

    private SimulatedStorage folder = new SimulatedStorage();
    private Frames.Collector replayed = new Frames.Collector();

    private Journal open(Sync sync) {
        replayed = new Frames.Collector();
        folder = new SimulatedStorage(folder.files());
        Journal journal = Journal.open(folder, new JournalOptions(sync, SEGMENT, 1024, false), replayed);
        journal.startSegmentsWith(Frames::preamble);
        return journal;
    }

    private static long write(Journal journal, int number, int length) {
        byte[] payload = Frames.payload(number, length);
        return journal.write(payload, 0, payload.length, true, false);
    }

    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasWrittenIsReplayedInOrderAtItsPosition(Sync sync) {
        List<Long> positions = new ArrayList<>();
        try (Journal journal = open(sync)) {
            for (int i = 0; i < 300; i++) {
                positions.add(write(journal, i, 20 + i % 90));
            }
        }
        open(sync).close();
        assertThat(replayed.numbers).isEqualTo(upTo(300));
        assertThat(replayed.positions).isEqualTo(positions);
    }

    @Test
    void framesAreAddedBehindThoseOfAnEarlierLife() {
        for (int life = 0; life < 30; life++) {
            try (Journal journal = open(Sync.ALWAYS)) {
                assertThat(replayed.numbers).isEqualTo(upTo(life * 3));
                for (int i = 0; i < 3; i++) {
                    write(journal, life * 3 + i, 100);
                }
            }
        }
    }

    @Test
    void everyByteCanBeReadFromTheCacheAndFromTheFile() {
        List<Long> positions = new ArrayList<>();
        try (Journal journal = open(Sync.ALWAYS)) {
            for (int i = 0; i < 100; i++) {
                positions.add(write(journal, i, 100));
                assertThat(journal.read(positions.get(i), 100)).isEqualTo(Frames.payload(i, 100));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(journal.read(positions.get(i), 100)).isEqualTo(Frames.payload(i, 100));
                assertThat(journal.read(positions.get(i) + 99, 1)).containsExactly(Frames.payload(i, 100)[99]);
            }
        }
        try (Journal journal = open(Sync.ALWAYS)) {
            assertThat(journal.read(positions.get(7), 100)).isEqualTo(Frames.payload(7, 100));
        }
    }

    @Test
    void aFrameCanBeEmpty() {
        int[] frames = {0};
        try (Journal journal = open(Sync.ALWAYS)) {
            journal.write(new byte[0], 0, 0, true, false);
        }
        folder = new SimulatedStorage(folder.files());
        Journal.open(
                        folder,
                        JournalOptions.defaults(),
                        (position, buffer, offset, length) -> frames[0] += length == 0 ? 1 : 0)
                .close();
        assertThat(frames[0]).isEqualTo(1);
    }

    @Test
    void partOfAnArrayCanBeWritten() {
        try (Journal journal = open(Sync.ALWAYS)) {
            byte[] padded = new byte[130];
            System.arraycopy(Frames.payload(0, 100), 0, padded, 20, 100);
            journal.write(padded, 20, 100, true, false);
            assertThatThrownBy(() -> journal.write(padded, 100, 31, true, false))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        open(Sync.ALWAYS).close();
        assertThat(replayed.numbers).containsExactly(0);
    }

    @Test
    void everySegmentOpensWithThePreamble() {
        int[] preambles = {0};
        try (Journal journal = open(Sync.ALWAYS)) {
            IntStream.range(0, 200).forEach(i -> write(journal, i, 100));
        }
        long segments = folder.files().keySet().stream()
                .filter(name -> name.endsWith(".seg"))
                .count();
        Journal.open(
                        new SimulatedStorage(folder.files()),
                        JournalOptions.defaults(),
                        (position, buffer, offset, length) -> preambles[0] += length == 40 ? 1 : 0)
                .close();
        assertThat(segments).isGreaterThan(5);
        assertThat(preambles[0]).isEqualTo((int) segments);
    }

    @Test
    void openingAndClosingWithoutWorkLeavesNothingBehind() {
        try (Journal journal = open(Sync.ALWAYS)) {
            write(journal, 0, 100);
        }
        var before = folder.files();
        open(Sync.ALWAYS).close();
        assertThat(folder.files()).containsExactlyInAnyOrderEntriesOf(before);
    }

    @Test
    void closingTwiceIsClosingOnceAndNothingWorksAfterwards() {
        Journal journal = open(Sync.ALWAYS);
        long position = write(journal, 0, 100);
        journal.close();
        journal.close();
        assertThat(folder.isClosed()).isTrue();
        assertThatThrownBy(() -> write(journal, 1, 100))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("is closed");
        assertThatThrownBy(() -> journal.read(position, 100)).hasMessageContaining("is closed");
        assertThatThrownBy(journal::oldestFrames).hasMessageContaining("is closed");
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new JournalOptions(Sync.ALWAYS, 100, 0, false)).hasMessageContaining("not 100");
        assertThatThrownBy(() -> new JournalOptions(Sync.ALWAYS, 4097, 0, false))
                .hasMessageContaining("not 4097");
        assertThatThrownBy(() -> new JournalOptions(Sync.ALWAYS, 4096, -1, false))
                .hasMessageContaining("not -1");
    }

    @Test
    void framesLargerThanASegmentGetOneOfTheirOwn() {
        List<Long> positions = new ArrayList<>();
        int[] lengths = {100, 3 << 20, 200, 5000, 4096, 3900, 100};
        try (Journal journal = open(Sync.ALWAYS)) {
            for (int i = 0; i < lengths.length; i++) {
                positions.add(write(journal, i, lengths[i]));
                assertThat(journal.read(positions.get(i), lengths[i])).isEqualTo(Frames.payload(i, lengths[i]));
            }
        }
        open(Sync.ALWAYS).close();
        assertThat(replayed.numbers).isEqualTo(upTo(lengths.length));
        assertThat(replayed.positions).isEqualTo(positions);
    }
}
