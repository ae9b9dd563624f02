// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.job.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NamedIdsTest {
    private static final List<String> IDS = List.of(
            "7",
            "007",
            "18446744073709551615",
            "9223372036854775807",
            "1526919030474-55",
            "1526919030474-18446744073709551615",
            "0b6c2c0e-2f0c-4c0a-9d52-0f4f0b6c2c0e",
            "18446744073709551616",
            "99999999999999999999-1",
            "0B6C2C0E-2F0C-4C0A-9D52-0F4F0B6C2C0E",
            "seventeen letters",
            "eighteen letters..",
            "Auftrag für Łódź, 第一",
            "x".repeat(255),
            "D-dcb833cf-8YL1NT17e9+wsA/09NqxscQI-05a1");

    private final List<JobId> asked = new ArrayList<>();
    private final NamedIds ids = new NamedIds("broker 1", id -> {
        asked.add(id);
        return 17;
    });

    @Test
    void anIdSaysWhichJobItIsWithoutAnyMemory() {
        NamedIds restarted = new NamedIds("broker 1", id -> 0);
        for (String id : IDS) {
            String wire = ids.text(new JobId(id));
            assertThat(wire).startsWith("D-").hasSizeGreaterThanOrEqualTo(WireIds.LENGTH);
            assertThat(restarted.id(wire)).as(wire).contains(new JobId(id));
            assertThat(ids.number(Words.ascii(wire))).isEqualTo(17);
        }
        assertThat(asked).extracting(JobId::value).isEqualTo(IDS);
    }

    @Test
    void idsOfStreamsTablesAndDisqueAreAsLongAsDisquesOwn() {
        for (String id : IDS.subList(0, 7)) {
            assertThat(ids.text(new JobId(id))).as(id).matches("D-[0-9a-f]{8}-[A-Za-z0-9+/]{24}-ffff");
        }
        String disque = IDS.getLast();
        assertThat(ids.text(new JobId(disque))).isEqualTo(disque);
    }

    @Test
    void anIdOfDisqueThatBeginsAsOursIsPacked() {
        String twin = "D-" + ids.node().substring(0, 8) + "-8YL1NT17e9+wsA/09NqxscQI-05a1";
        String wire = ids.text(new JobId(twin));
        assertThat(wire).isNotEqualTo(twin);
        assertThat(ids.id(wire)).contains(new JobId(twin));
        assertThat(ids.id(twin)).isEmpty();
    }

    @Test
    void anyBytesAreAnIdOrNone() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[WireIds.LENGTH + random.nextInt(5)];
            random.nextBytes(bytes);
            byte[] head = Words.ascii("D-" + (i % 2 == 0 ? ids.node().substring(0, 8) : "00000000") + "-");
            System.arraycopy(head, 0, bytes, 0, head.length);
            bytes[bytes.length - 5] = '-';
            String text = Words.raw(bytes);
            ids.id(text).ifPresent(id -> assertThat(ids.text(id)).isEqualTo(text));
        }
        assertThatThrownBy(() -> ids.number(Words.ascii("D-00000000-short-0001")))
                .isInstanceOf(Refusal.class)
                .hasMessage(Refusal.BAD_ID);
    }
}
