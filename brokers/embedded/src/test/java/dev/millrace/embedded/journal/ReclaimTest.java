// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Giving space back. */
class ReclaimTest {
    private static final int SEGMENT = 8192;
    private static final int LENGTH = 200;

    private final SimulatedStorage folder = new SimulatedStorage();
    private final Journal journal = open(Sync.ALWAYS);
    private final Deque<Long> live = new ArrayDeque<>();

    private Journal open(Sync sync) {
        Journal opened = Journal.open(folder, new JournalOptions(sync, SEGMENT, 0, false), (p, b, o, l) -> {});
        opened.startSegmentsWith(Frames::preamble);
        return opened;
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private void write(int length) {
        long position = journal.write(new byte[length], 0, length, true, false);
        journal.retain(position, length);
        live.add(position);
    }

    private void releaseOldest(int length) {
        journal.release(live.remove(), length);
        journal.reclaim();
    }

    private void awaitAtMost(int segments) {
        Eventually.until(
                "at most " + segments + " segments on the disk, not "
                        + folder.files().keySet(),
                () -> folder.used() <= (long) segments * SEGMENT && journal.bytesOnDisk() == folder.used());
    }

    @Test
    void aLogThatIsWorkedOffStaysAtTwoSegmentsAndWritesNoMoreThanItsFrames() {
        for (int i = 0; i < 20; i++) {
            write(LENGTH);
        }
        for (int i = 0; i < 2000; i++) {
            write(LENGTH);
            releaseOldest(LENGTH);
            if (i % 30 == 0) {
                awaitAtMost(4);
            }
        }
        while (!live.isEmpty()) {
            releaseOldest(LENGTH);
        }
        awaitAtMost(2);
        long frames = 2020 * Frame.size(LENGTH);
        assertThat(journal.bytesWritten()).isBetween(frames, frames + frames / 20 + 4 * SEGMENT);
    }

    @Test
    void aBacklogIsGivenBackWhenItIsWorkedOff() {
        for (int i = 0; i < 1000; i++) {
            write(LENGTH);
        }
        assertThat(journal.bytesOnDisk()).isGreaterThan(25 * SEGMENT);
        assertThat(journal.liveBytes()).isEqualTo(1000L * LENGTH);
        while (!live.isEmpty()) {
            releaseOldest(LENGTH);
        }
        awaitAtMost(2);
        assertThat(journal.liveBytes()).isZero();
    }

    @Test
    void whatWasDroppedCannotBeReadAnyMore() {
        write(LENGTH);
        long position = live.getFirst();
        releaseOldest(LENGTH);
        assertThat(journal.read(position, LENGTH)).isNotNull();
        for (int i = 0; i < 100; i++) {
            write(LENGTH);
        }
        while (live.size() > 1) {
            releaseOldest(LENGTH);
        }
        assertThat(journal.read(position, LENGTH)).isNull();
        assertThat(journal.read(live.getFirst(), LENGTH)).isNotNull();
    }

    @Test
    void theSegmentOfALargeFrameGoesWithIt() {
        write(LENGTH);
        write(5 * SEGMENT);
        releaseOldest(LENGTH);
        assertThat(journal.bytesOnDisk()).isGreaterThan(5 * SEGMENT);
        Eventually.until(
                "the next segment is ready",
                () -> folder.files().keySet().stream().anyMatch(Spares::isName));
        releaseOldest(5 * SEGMENT);
        awaitAtMost(2);
        write(LENGTH);
        assertThat(journal.read(live.getFirst(), LENGTH)).hasSize(LENGTH);
    }

    @Test
    void oneStuckFrameIsCopiedForwardAndFreesTheRest() {
        write(LENGTH);
        long stuck = live.remove();
        for (int i = 0; i < 400; i++) {
            write(LENGTH);
            releaseOldest(LENGTH);
        }
        assertThat(journal.wantsCompaction()).isTrue();
        int frames = 0;
        FrameCursor cursor = journal.oldestFrames();
        while (cursor.next()) {
            if (cursor.position() == stuck) {
                assertThat(cursor.length()).isEqualTo(LENGTH);
                long copy = journal.write(cursor.buffer(), cursor.offset(), cursor.length(), false, true);
                journal.retain(copy, LENGTH);
                journal.release(stuck, LENGTH);
            }
            frames++;
        }
        assertThat(frames).isGreaterThan(30);
        journal.reclaim();
        assertThat(cursor.next()).isFalse();
        assertThat(journal.wantsCompaction()).isFalse();
        awaitAtMost(3);
    }

    @Test
    void theNewestSegmentIsNotCopied() {
        write(LENGTH);
        assertThat(journal.wantsCompaction()).isFalse();
        assertThat(journal.oldestFrames().next()).isFalse();
    }

    @Test
    void aCursorEndsWhenItsSegmentIsDropped() {
        for (int i = 0; i < 100; i++) {
            write(LENGTH);
        }
        FrameCursor cursor = journal.oldestFrames();
        assertThat(cursor.next()).isTrue();
        while (!live.isEmpty()) {
            releaseOldest(LENGTH);
        }
        assertThat(cursor.next()).isFalse();
    }

    @Test
    void anAccountThatCannotBeIsRefused() {
        write(LENGTH);
        assertThatThrownBy(() -> journal.release(live.getFirst(), LENGTH + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("release");
        assertThatThrownBy(() -> journal.retain(1L << 40, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
