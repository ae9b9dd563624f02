// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WireIdsTest {
    private final WireIds ids = new WireIds("store 1");

    private String id(long number) {
        return ids.text(number, WireIds.mark(86_400_000, false));
    }

    private long number(String id) {
        return ids.number(Words.ascii(id));
    }

    @Test
    void anIdHasTheFormOfDisqueAndSaysWhichJobItIs() {
        for (long number : new long[] {1, 2, 77, 1L << 40, Long.MAX_VALUE}) {
            assertThat(id(number))
                    .matches("D-[0-9a-f]{8}-[A-Za-z0-9+/]{24}-05a1")
                    .startsWith("D-" + ids.node().substring(0, 8));
            assertThat(number(id(number))).isEqualTo(number);
        }
    }

    @Test
    void aHundredThousandIdsAreDifferent() {
        Set<String> seen = new HashSet<>();
        for (int i = 1; i <= 100_000; i++) {
            assertThat(seen.add(id(i))).isTrue();
        }
    }

    @Test
    void anIdThatWasChangedAnywhereIsUnknown() {
        String id = id(42);
        for (int i = 2; i < id.length(); i++) {
            char other = id.charAt(i) == '0' ? '1' : '0';
            if (i != 10 && i != 35) {
                assertThat(number(id.substring(0, i) + other + id.substring(i + 1)))
                        .as("changed at " + i)
                        .isEqualTo(WireIds.UNKNOWN);
            }
        }
    }

    @Test
    void idsOfAnotherStoreAreUnknown() {
        assertThat(new WireIds("store 2").number(Words.ascii(id(42)))).isEqualTo(WireIds.UNKNOWN);
        assertThat(number("D-00000000-AAAAAAAAAAAAAAAAAAAAAAAA-05a1")).isEqualTo(WireIds.UNKNOWN);
    }

    @Test
    void whatLooksOtherwiseIsNoId() {
        for (String text :
                new String[] {"", "foo", "D-00000000-AAAAAAAAAAAAAAAAAAAAAAAA-05a10", "X" + id(1).substring(1)}) {
            assertThatThrownBy(() -> number(text)).isInstanceOf(Refusal.class).hasMessage(Refusal.BAD_ID);
        }
    }

    @Test
    void theLastDigitsAreTheMinutesToLive() {
        assertThat(WireIds.mark(59_000, false)).isEqualTo(1);
        assertThat(WireIds.mark(120_000, false)).isEqualTo(3);
        assertThat(WireIds.mark(120_000, true)).isEqualTo(2);
        assertThat(WireIds.mark(Long.MAX_VALUE, true)).isEqualTo(0xfffe);
    }
}
