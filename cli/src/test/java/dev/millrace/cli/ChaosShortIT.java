// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.cli.chaos.ChaosPlan;
import java.time.Duration;
import org.junit.jupiter.api.Tag;

/** Seconds of it: one restart, or two, and at least one kill of each kind of process. */
@Tag("slow")
class ChaosShortIT extends ChaosOnBrokers {
    @Override
    Pace pace(Duration restart) {
        return new Pace(
                Duration.ofSeconds(5).plus(restart),
                new ChaosPlan.Crew(1, 2, 100),
                Duration.ofMillis(1_200),
                Duration.ofSeconds(2).plus(restart));
    }
}
