// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.cli.chaos.ChaosPlan;
import java.time.Duration;
import org.junit.jupiter.api.Tag;

/** Ten minutes of it on each broker, with two producers: of a single one it would be the starts that make the longest gaps. */
@Tag("long")
class ChaosLongIT extends ChaosOnBrokers {
    @Override
    Pace pace(Duration restart) {
        return new Pace(
                Duration.ofMinutes(10), new ChaosPlan.Crew(2, 3, 100), Duration.ofSeconds(3), Duration.ofSeconds(20));
    }
}
