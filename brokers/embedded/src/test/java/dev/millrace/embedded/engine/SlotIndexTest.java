// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.Test;

class SlotIndexTest {
    private Slots slots = new Slots();
    private SlotIndex index = new SlotIndex(slots);

    @BeforeTry
    void beginAnew() {
        slots = new Slots();
        index = new SlotIndex(slots);
    }

    private int add(long sequence) {
        int slot = slots.allocate();
        slots.sequence(slot, sequence);
        index.add(slot);
        return slot;
    }

    @Property
    void findsWhatIsInAndNothingElse(@ForAll @Size(max = 3000) List<@LongRange(min = 1, max = 500) Long> toggled) {
        Map<Long, Integer> expected = new HashMap<>();
        for (long sequence : toggled) {
            if (expected.remove(sequence) != null) {
                index.remove(sequence);
            } else {
                expected.put(sequence, add(sequence));
            }
        }
        for (long sequence = 1; sequence <= 500; sequence++) {
            assertThat(index.find(sequence)).isEqualTo(expected.getOrDefault(sequence, Table.NONE));
        }
        assertThat(index.size()).isEqualTo(expected.size());
    }

    @Test
    void growsToManyAndForgetsThemInOrder() {
        int many = 200_000;
        for (long sequence = 1; sequence <= many; sequence++) {
            add(sequence);
        }
        for (long sequence = 1; sequence <= many; sequence++) {
            assertThat(index.find(sequence)).isEqualTo((int) sequence - 1);
            index.remove(sequence);
        }
        assertThat(index.size()).isZero();
    }

    @Test
    void removingTheUnknownChangesNothing() {
        add(7);
        index.remove(8);
        assertThat(index.find(7)).isZero();
        assertThat(index.size()).isOne();
    }
}
