// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import java.time.Duration;
import org.junit.jupiter.api.Tag;

/** Ten minutes of it on each broker. */
@Tag("long")
class ChaosLongIT extends ChaosOnBrokers {
    @Override
    Pace pace(Duration restart) {
        return new Pace(Duration.ofMinutes(10), Duration.ofSeconds(3), Duration.ofSeconds(20));
    }
}
