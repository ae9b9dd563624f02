// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.job.QueueName;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireNamesTest {
    private final WireNames names = new WireNames();

    private QueueName queue(String name) {
        return names.queue(name.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void usualNamesPassAsTheyAre() {
        for (String name :
                new String[] {"q", "mail:out", "żółć", "two words", "x".repeat(255), "%q", "%%25q", "%#q", "100%"}) {
            assertThat(queue(name).value()).isEqualTo(name);
        }
    }

    @Test
    void otherNamesAreEscaped() {
        assertThat(queue("").value()).isEqualTo("%");
        assertThat(queue(" q").value()).isEqualTo("%%20q");
        assertThat(queue("a\nb").value()).isEqualTo("%a%0ab");
        assertThat(queue("%%20q").value()).isEqualTo("%%25%2520q");
        assertThat(queue("%").value()).isEqualTo("%%25");
    }

    @Test
    void anyBytesComeBackAsTheyWere() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            byte[] name = new byte[random.nextInt(80)];
            random.nextBytes(name);
            assertThat(names.wire(names.queue(name), Map.of())).isEqualTo(name);
        }
    }

    @Test
    void namesOfNativeWorkersComeBackAsTheyWere() {
        Random random = new Random(2);
        String[] parts = {"%", "%%", "%25", "%20", "%2", "#", "a", "2", "ż", " b", "%#", "%0a", "%ff", "A"};
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder("%");
            for (int length = random.nextInt(8); length > 0; length--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            QueueName queue = new QueueName("" + text);
            byte[] wire = names.wire(queue, Map.of());
            assertThat(names.queue(wire)).as("" + text).isEqualTo(queue);
            byte[] same = queue.value().getBytes(StandardCharsets.UTF_8);
            assertThat(names.wire(names.queue(same), Map.of())).isEqualTo(same);
        }
    }

    @Test
    void aNameThatIsTooLongTravelsInAHeader() {
        byte[] name = "x\u0001".repeat(500).getBytes(StandardCharsets.UTF_8);
        QueueName queue = names.queue(name);
        assertThat(WireNames.isHashed(queue)).isTrue();
        assertThat(new WireNames().wire(queue, Map.of(WireNames.HEADER, WireNames.header(name))))
                .isEqualTo(name);
    }
}
