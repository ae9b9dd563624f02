// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Ids of entries are two unsigned numbers. */
class StreamEntryIdsTest {
    @Test
    void idsAreOrderedAsNumbersWithoutSign() {
        assertThat(List.of("18446744073709551615-0", "9-10", "9", "10-0", "9-9").stream()
                        .sorted(EntryIds.ORDER))
                .containsExactly("9", "9-9", "9-10", "10-0", "18446744073709551615-0");
    }

    @Test
    void beforeAnIdIsTheGreatestBelowIt() {
        assertThat(EntryIds.before("5-3")).isEqualTo("5-2");
        assertThat(EntryIds.before("5-0")).isEqualTo("4-18446744073709551615");
        assertThat(EntryIds.before("5")).isEqualTo("4-18446744073709551615");
        assertThat(EntryIds.before("0-1")).isEqualTo("0-0");
        assertThat(EntryIds.before("0-0")).isEqualTo("0-0");
    }
}
