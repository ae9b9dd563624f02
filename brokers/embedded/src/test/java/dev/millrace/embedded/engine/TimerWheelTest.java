// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.Test;

class TimerWheelTest {
    private static final long START = 1_790_000_000_123L;

    private Table table = new Table(16);
    private TimerWheel wheel = new TimerWheel(table, 0, 8, START);
    private final List<Long> fired = new ArrayList<>();

    @BeforeTry
    void beginAnew() {
        table = new Table(16);
        wheel = new TimerWheel(table, 0, 8, START);
        fired.clear();
    }

    private int timerAt(long time) {
        int record = table.allocate();
        table.putLong(record, 0, time);
        wheel.add(record);
        return record;
    }

    private void advance(long to) {
        wheel.advance(to, record -> fired.add(table.getLong(record, 0)));
    }

    @Test
    void timerFiresAtItsMillisecondAndNotBefore() {
        timerAt(START + 100_000);
        advance(START + 99_999);
        assertThat(fired).isEmpty();
        advance(START + 100_000);
        assertThat(fired).containsExactly(START + 100_000);
    }

    @Test
    void timerOfThePastFiresAtTheNextAdvance() {
        timerAt(START - 5);
        advance(START + 1);
        assertThat(fired).containsExactly(START - 5);
    }

    @Test
    void timersOfOneMillisecondFireInTheOrderTheyCame() {
        List<Integer> order = new ArrayList<>();
        List<Integer> added = List.of(timerAt(START + 70), timerAt(START + 70), timerAt(START + 70));
        wheel.advance(START + 70, order::add);
        assertThat(order).isEqualTo(added);
    }

    @Test
    void emptyWheelNeverFires() {
        assertThat(wheel.next()).isEqualTo(Long.MAX_VALUE);
    }

    @Property
    void everyTimerFiresOnceInOrderAndExactly(
            @ForAll @Size(max = 60) List<@LongRange(min = 1, max = 5_000_000_000L) Long> delays,
            @ForAll @Size(max = 20) List<@LongRange(min = 1, max = 500_000_000L) Long> steps) {
        List<Long> expected = new ArrayList<>();
        delays.forEach(delay -> {
            timerAt(START + delay);
            expected.add(START + delay);
        });
        expected.sort(Comparator.naturalOrder());
        long now = START;
        for (long step : steps) {
            now += step;
            long until = now;
            advance(now);
            assertThat(fired)
                    .isEqualTo(expected.stream().filter(time -> time <= until).toList());
            assertThat(wheel.next())
                    .isGreaterThan(now)
                    .isLessThanOrEqualTo(expected.stream()
                            .filter(time -> time > until)
                            .findFirst()
                            .orElse(Long.MAX_VALUE));
        }
        advance(START + 5_000_000_001L + now);
        assertThat(fired).isEqualTo(expected);
    }

    @Property
    void removedTimersStaySilentAndHarmNoOther(
            @ForAll @Size(min = 1, max = 60) List<@LongRange(min = 1, max = 300) Long> delays,
            @ForAll @LongRange(min = 2, max = 5) long everyNth) {
        List<Long> expected = new ArrayList<>();
        List<Integer> doomed = new ArrayList<>();
        for (int i = 0; i < delays.size(); i++) {
            int record = timerAt(START + delays.get(i));
            if (i % everyNth == 0) {
                doomed.add(record);
            } else {
                expected.add(START + delays.get(i));
            }
        }
        doomed.forEach(wheel::remove);
        advance(START + 1000);
        assertThat(fired).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(wheel.next()).isEqualTo(Long.MAX_VALUE);
    }
}
