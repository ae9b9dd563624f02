// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bytes that change on the disk: promised frames are refused or complete, never changed, never silently gone. */
@Tag("slow")
class DamageTest {
    private static final int SEGMENT = 4096;
    private static final String SECOND = Segment.name(SEGMENT);

    private final List<Integer> all = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();
    private Map<String, byte[]> crashed;
    private Map<String, byte[]> closed;

    @BeforeEach
    void writeALog() {
        SimulatedStorage folder = new SimulatedStorage();
        Journal journal =
                Journal.open(folder, new JournalOptions(Sync.ALWAYS, SEGMENT, 0, false), new Frames.Collector());
        journal.startSegmentsWith(Frames::preamble);
        for (int i = 0; i < 40; i++) {
            byte[] payload = Frames.payload(i, 200 + i);
            positions.add(journal.write(payload, 0, payload.length, true, false));
            all.add(i);
        }
        crashed = folder.files();
        journal.close();
        closed = folder.files();
    }

    private static List<Integer> replay(SimulatedStorage folder, boolean salvage) {
        Frames.Collector found = new Frames.Collector();
        if (salvage) {
            found.preambles = 1;
        }
        Journal.open(folder, new JournalOptions(Sync.ALWAYS, SEGMENT, 0, salvage), found)
                .close();
        return found.numbers;
    }

    private static Map<String, byte[]> flipped(Map<String, byte[]> files, String name, int at) {
        Map<String, byte[]> changed = new HashMap<>(files);
        byte[] content = files.get(name).clone();
        content[at] ^= (byte) (1 << at % 8);
        changed.put(name, content);
        return changed;
    }

    /** How many frames a log with a changed byte has; -1 if it is refused. */
    private int framesAfterAFlip(Map<String, byte[]> files, String name, int at) {
        try {
            List<Integer> found = replay(new SimulatedStorage(flipped(files, name, at)), false);
            assertThat(found).as("byte %d of %s", at, name).isEqualTo(all.subList(0, found.size()));
            return found.size();
        } catch (CorruptJournalException refused) {
            return -1;
        }
    }

    @Test
    void aChangedByteInAClosedLogIsRefusedOrHarmless() {
        int refused = 0;
        for (String name : closed.keySet()) {
            for (int at = 0; at < closed.get(name).length; at++) {
                int frames = framesAfterAFlip(closed, name, at);
                assertThat(frames).as("byte %d of %s", at, name).isIn(-1, all.size());
                refused += frames < 0 ? 1 : 0;
            }
        }
        assertThat(refused).isGreaterThan(40 * 200);
    }

    @Test
    void aChangedByteInALogThatWasNotClosedCanCostOnlyTheLastFrameWhichNothingProves() {
        for (String name : crashed.keySet()) {
            for (int at = 0; at < crashed.get(name).length; at++) {
                assertThat(framesAfterAFlip(crashed, name, at))
                        .as("byte %d of %s", at, name)
                        .isIn(-1, all.size() - 1, all.size());
            }
        }
    }

    @Test
    void theMessageNamesTheFileThePlaceAndWhatToDo() {
        int offset = (int) (positions.get(20) - SEGMENT);
        CorruptJournalException refused = catchThrowableOfType(
                CorruptJournalException.class,
                () -> replay(new SimulatedStorage(flipped(crashed, SECOND, offset)), false));
        assertThat(refused.file()).isEqualTo("simulated/" + SECOND);
        assertThat(refused.offset()).isEqualTo(offset - Frame.HEADER);
        assertThat(refused)
                .hasMessageContaining("simulated/" + SECOND)
                .hasMessageContaining("at byte " + (offset - Frame.HEADER))
                .hasMessageContaining("backup")
                .hasMessageContaining("?salvage=true");
    }

    @Test
    void aSalvageSkipsTheDamageForGood() {
        for (String name : crashed.keySet()) {
            for (int at = 0; at < crashed.get(name).length; at += 3) {
                SimulatedStorage folder = new SimulatedStorage(flipped(crashed, name, at));
                List<Integer> salvaged = replay(folder, true);
                assertThat(all).as("byte %d of %s", at, name).containsSubsequence(salvaged);
                assertThat(salvaged).hasSizeGreaterThanOrEqualTo(all.size() - 1);
                Frames.Collector again = new Frames.Collector();
                again.preambles = 1;
                Journal.open(
                                new SimulatedStorage(folder.files()),
                                new JournalOptions(Sync.ALWAYS, SEGMENT, 0, false),
                                again)
                        .close();
                assertThat(again.numbers).isEqualTo(salvaged);
            }
        }
    }

    @Test
    void severalDamagesAreSalvagedAtOnce() {
        Map<String, byte[]> damaged = crashed;
        for (int number : List.of(3, 4, 17, 20, 30)) {
            long position = positions.get(number);
            String name = Segment.name(position - position % SEGMENT);
            damaged = flipped(damaged, name, (int) (position % SEGMENT) + 50);
        }
        List<Integer> expected = new ArrayList<>(all);
        expected.removeAll(List.of(3, 4, 17, 20, 30));
        assertThat(replay(new SimulatedStorage(damaged), true)).isEqualTo(expected);
    }

    @Test
    void aMissingSegmentInTheMiddleIsRefusedAndCanBeSalvaged() {
        Map<String, byte[]> rest = new HashMap<>(crashed);
        rest.remove(SECOND);
        assertThatThrownBy(() -> replay(new SimulatedStorage(rest), false))
                .isInstanceOf(CorruptJournalException.class)
                .hasMessageContaining(SECOND)
                .hasMessageContaining("missing");
        SimulatedStorage folder = new SimulatedStorage(rest);
        List<Integer> salvaged = replay(folder, true);
        assertThat(all).containsSubsequence(salvaged);
        assertThat(salvaged).contains(0, 39).hasSizeLessThan(all.size());
        assertThat(replay(new SimulatedStorage(folder.files()), true)).isEqualTo(salvaged);
    }

    @Test
    void aSegmentThatWasCutShortIsRefused() {
        Map<String, byte[]> cut = new HashMap<>(crashed);
        cut.put(SECOND, Arrays.copyOf(crashed.get(SECOND), 1000));
        assertThatThrownBy(() -> replay(new SimulatedStorage(cut), false)).isInstanceOf(CorruptJournalException.class);
        assertThat(replay(new SimulatedStorage(cut), true)).contains(0, 39);
    }

    @Test
    void aNewerFormatIsRefusedEvenByASalvage() {
        Map<String, byte[]> newer = new HashMap<>(crashed);
        byte[] content = crashed.get(SECOND).clone();
        ByteBuffer header = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(8, SegmentHeader.VERSION + 1);
        CRC32C crc = new CRC32C();
        crc.update(content, 0, SegmentHeader.BYTES - 4);
        header.putInt(SegmentHeader.BYTES - 4, (int) crc.getValue());
        newer.put(SECOND, content);
        assertThatThrownBy(() -> replay(new SimulatedStorage(newer), true))
                .isInstanceOf(JournalException.class)
                .isNotInstanceOf(CorruptJournalException.class)
                .hasMessageContaining("format version 2")
                .hasMessageContaining("versions up to 1");
    }

    @Test
    void theFirstFrameOfASegmentProvesItsHeader() {
        SimulatedStorage folder = new SimulatedStorage();
        Journal journal = Journal.open(folder, JournalOptions.defaults(), new Frames.Collector());
        journal.write(Frames.payload(0, 100), 0, 100, true, false);
        assertThatThrownBy(() -> replay(new SimulatedStorage(flipped(folder.files(), Segment.name(0), 20)), false))
                .isInstanceOf(CorruptJournalException.class)
                .hasMessageContaining("at byte 0");
    }

    @Test
    void theFirstFrameBehindAChangeOfSegmentsProvesTheHeader() {
        SimulatedStorage folder = new SimulatedStorage();
        Journal journal =
                Journal.open(folder, new JournalOptions(Sync.ALWAYS, SEGMENT, 0, false), new Frames.Collector());
        journal.startSegmentsWith(Frames::preamble);
        for (long position = 0; position < SEGMENT; ) {
            position = journal.write(Frames.payload(0, 100), 0, 100, true, false);
        }
        assertThatThrownBy(() -> replay(new SimulatedStorage(flipped(folder.files(), SECOND, 20)), false))
                .isInstanceOf(CorruptJournalException.class)
                .hasMessageContaining(SECOND);
    }

    @Test
    void otherFilesInTheFolderAreLeftAlone() {
        Map<String, byte[]> more = new HashMap<>(closed);
        more.put("notes.txt", new byte[] {1, 2, 3});
        more.put("00.seg", new byte[] {4});
        SimulatedStorage folder = new SimulatedStorage(more);
        assertThat(replay(folder, false)).isEqualTo(all);
        assertThat(folder.files()).containsKeys("notes.txt", "00.seg");
    }
}
