// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Capabilities.AttemptCount;
import dev.millrace.broker.Delivery;
import dev.millrace.broker.Feature;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Writes the {@link AttemptHistory}, as far as the broker can carry it. */
final class History {
    private final boolean carried;
    private final boolean counting;

    History(Capabilities capabilities) {
        this.carried = capabilities.has(Feature.HEADERS);
        this.counting = carried && capabilities.attempts() == AttemptCount.NONE;
    }

    /** Which attempt a delivery is; counted in a header where the broker does not count. */
    int attemptOf(Delivery delivery) {
        return counting ? counted(delivery) + 1 : delivery.attempt();
    }

    private static int counted(Delivery delivery) {
        try {
            return Math.max(0, Integer.parseInt(delivery.headers().getOrDefault(AttemptHistory.ATTEMPTS, "0")));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The headers to write after a failed attempt. */
    Map<String, String> after(Attempt attempt, String error, Instant now) {
        if (!carried) {
            return Map.of();
        }
        Map<String, String> headers = new HashMap<>();
        if (!attempt.headers().containsKey(AttemptHistory.FIRST_ERROR)) {
            headers.put(AttemptHistory.FIRST_ERROR, error);
            headers.put(AttemptHistory.FIRST_FAILED_AT, now.toString());
        }
        headers.put(AttemptHistory.LAST_ERROR, error);
        headers.put(AttemptHistory.LAST_FAILED_AT, now.toString());
        if (counting) {
            headers.put(AttemptHistory.ATTEMPTS, Integer.toString(attempt.attempt()));
        }
        return headers;
    }

    /** The same for a job that becomes a dead letter: brought back, it counts anew. */
    Map<String, String> buried(Map<String, String> headers) {
        if (!counting) {
            return headers;
        }
        Map<String, String> all = new HashMap<>(headers);
        all.put(AttemptHistory.ATTEMPTS, "0");
        return all;
    }
}
