// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table = new Table(12);

    @Test
    void emptyChunksAreLetGo() {
        List<Integer> records = new ArrayList<>();
        for (int i = 0; i < 5 * Table.CHUNK_RECORDS; i++) {
            records.add(table.allocate());
        }
        int last = records.getLast();
        assertThat(table.end()).isEqualTo(last + 1);
        records.forEach(table::free);
        assertThat(table.end()).isZero();
        assertThat(table.size()).isZero();
        assertThat(table.reaches(0)).isTrue();
        assertThat(table.reaches(last)).isFalse();
        int again = table.allocate();
        assertThat(again).isLessThan(Table.CHUNK_RECORDS);
        assertThat(table.getLong(again, 4)).isZero();
    }

    @Test
    void recordsKeepWhatIsInThemWhateverComesAndGoes() {
        Random random = new Random(1);
        List<Integer> live = new ArrayList<>();
        Set<Integer> numbers = new HashSet<>();
        for (int i = 0; i < 400_000; i++) {
            boolean growing = i / 100_000 % 2 == 0;
            if (live.isEmpty() || random.nextInt(10) < (growing ? 8 : 2)) {
                int record = table.allocate();
                assertThat(table.getLong(record, 4)).isZero();
                table.putLong(record, 4, record);
                assertThat(numbers.add(record)).isTrue();
                live.add(record);
            } else {
                int at = random.nextInt(live.size());
                int record = live.get(at);
                live.set(at, live.getLast());
                live.removeLast();
                assertThat(table.getLong(record, 4)).isEqualTo(record);
                numbers.remove(record);
                table.free(record);
            }
            assertThat(table.size()).isEqualTo(live.size());
        }
        assertThat(live)
                .allSatisfy(record -> assertThat(table.getLong(record, 4)).isEqualTo((long) record));
    }
}
