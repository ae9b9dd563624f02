// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that is full, or breaks: the caller is told, and nothing half-done stays. */
class FailingDiskTest {
    private static final int SEGMENT = 8192;
    private static final int FRAME = 104;

    private final SimulatedStorage folder = new SimulatedStorage();
    private final List<Integer> written = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();

    private Journal open(Sync sync) {
        Journal journal =
                Journal.open(folder, new JournalOptions(sync, SEGMENT, 0, false), (p, b, offset, length) -> {});
        journal.startSegmentsWith(Frames::preamble);
        return journal;
    }

    private void write(Journal journal, boolean reserve) {
        int number = written.size();
        positions.add(journal.write(Frames.payload(number, FRAME), 0, FRAME, true, reserve));
        written.add(number);
        journal.retain(positions.get(number), FRAME);
    }

    private void writeUntilFull(Journal journal, boolean reserve) {
        assertThatThrownBy(() -> {
                    while (written.size() < 10_000) {
                        write(journal, reserve);
                    }
                })
                .isInstanceOf(JournalFullException.class)
                .hasMessageContaining("nothing was written")
                .hasMessageContaining("No space left on device");
    }

    private List<Integer> reopened() {
        Frames.Collector found = new Frames.Collector();
        Journal.open(new SimulatedStorage(folder.files()), JournalOptions.defaults(), found)
                .close();
        return found.numbers;
    }

    @ParameterizedTest
    @EnumSource
    void aFullDiskLeavesAQuarterOfASegmentToFramesThatMayUseTheReserve(Sync sync) {
        Journal journal = open(sync);
        folder.capacity(folder.used());
        writeUntilFull(journal, false);
        int ordinary = written.size();
        writeUntilFull(journal, true);
        int reserved = written.size() - ordinary;
        assertThat(reserved * (FRAME + Frame.HEADER)).isBetween(SEGMENT / 4 - 300, SEGMENT / 4 + 300);
        assertThat(reopened()).isEqualTo(written);
    }

    @Test
    void writingGoesOnByItselfWhenThereIsSpaceAgain() {
        Journal journal = open(Sync.ALWAYS);
        folder.capacity(folder.used());
        writeUntilFull(journal, false);
        folder.capacity(Long.MAX_VALUE);
        Eventually.until("there is room again", () -> {
            try {
                write(journal, false);
                return true;
            } catch (JournalFullException notYet) {
                return false;
            }
        });
        for (int i = 0; i < 300; i++) {
            write(journal, false);
        }
        journal.close();
        assertThat(reopened()).isEqualTo(written);
    }

    @Test
    void finishedJobsMakeRoomOnAFullDisk() {
        Journal journal = open(Sync.ALWAYS);
        while (folder.used() < 3 * SEGMENT) {
            write(journal, false);
        }
        folder.capacity(folder.used());
        writeUntilFull(journal, false);
        for (int i = 0; positions.get(i) < SEGMENT; i++) {
            journal.release(positions.get(i), FRAME);
        }
        journal.reclaim();
        int before = written.size();
        Eventually.until("the first segment is used again", () -> {
            try {
                write(journal, false);
            } catch (JournalFullException notYet) {
                // the segment is not given back yet
            }
            return written.size() > before + 40;
        });
        assertThat(folder.used()).isLessThanOrEqualTo(3 * SEGMENT);
    }

    @Test
    void aLargeFrameThatDoesNotFitOnTheDiskLeavesNoTrace() {
        Journal journal = open(Sync.ALWAYS);
        write(journal, false);
        folder.capacity(folder.used() + SEGMENT + 5 * SEGMENT);
        assertThatThrownBy(() -> journal.write(new byte[6 * SEGMENT], 0, 6 * SEGMENT, true, false))
                .isInstanceOf(JournalFullException.class);
        assertThat(folder.files().keySet()).noneMatch(name -> name.endsWith(".tmp"));
        write(journal, false);
        assertThat(reopened()).isEqualTo(written);
    }

    @Test
    void afterAFailedWriteEveryLaterOneFailsAndWhatWasPromisedIsThere() {
        Journal journal = open(Sync.ALWAYS);
        write(journal, false);
        folder.failWrites(true);
        assertThatThrownBy(() -> write(journal, false)).isInstanceOf(JournalBrokenException.class);
        folder.failWrites(false);
        assertThatThrownBy(() -> write(journal, true))
                .isInstanceOf(JournalBrokenException.class)
                .hasMessageContaining("open it again");
        assertThat(journal.read(positions.get(0), FRAME)).isEqualTo(Frames.payload(0, FRAME));
        journal.close();
        assertThat(folder.isClosed()).isTrue();
        assertThat(reopened()).isEqualTo(written);
    }

    @Test
    void afterAFailedSyncEveryLaterWriteFails() {
        Journal journal = open(Sync.ALWAYS);
        write(journal, false);
        folder.failSyncs(true);
        assertThatThrownBy(() -> write(journal, false)).isInstanceOf(JournalBrokenException.class);
        folder.failSyncs(false);
        assertThatThrownBy(() -> write(journal, false)).isInstanceOf(JournalBrokenException.class);
        journal.close();
    }

    @Test
    void aSyncThatFailsInTheBackgroundStopsTheWriter() {
        Journal journal = open(Sync.EVERYSEC);
        write(journal, false);
        folder.failSyncs(true);
        Eventually.until("the writer is told", () -> {
            try {
                write(journal, false);
                return false;
            } catch (JournalFullException noSpareEither) {
                return false;
            } catch (JournalBrokenException told) {
                return true;
            }
        });
        journal.close();
    }

    @Test
    void everySecondWhatWasWrittenIsOnTheDisk() {
        Journal journal = open(Sync.EVERYSEC);
        write(journal, false);
        int steps = folder.history().size();
        assertThat(folder.history().get(steps - 1)).isInstanceOf(SimulatedStorage.Wrote.class);
        Eventually.until(
                "it is synced",
                () -> folder.history().get(folder.history().size() - 1) instanceof SimulatedStorage.Synced);
        journal.close();
    }

    @Test
    void aLogOnAFullDiskOpensAndFinishedJobsMakeRoom() {
        Journal journal = open(Sync.ALWAYS);
        while (folder.used() < 3 * SEGMENT) {
            write(journal, false);
        }
        SimulatedStorage full = new SimulatedStorage(folder.files());
        full.capacity(full.used());
        Frames.Collector found = new Frames.Collector();
        Journal again = Journal.open(full, new JournalOptions(Sync.ALWAYS, SEGMENT, 0, false), found);
        again.startSegmentsWith(Frames::preamble);
        assertThat(found.numbers).isEqualTo(written);
        again.write(Frames.payload(1, FRAME), 0, FRAME, true, true);
        again.reclaim();
        Eventually.until("segments without anything live are given back", () -> full.used() <= 2 * SEGMENT);
        again.close();
    }

    @Test
    void aDiskThatIsFullAtTheStartIsSaid() {
        folder.capacity(100);
        assertThatThrownBy(() -> open(Sync.ALWAYS))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("No space left on device");
        assertThat(folder.isClosed()).isTrue();
    }
}
