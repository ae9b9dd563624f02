// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The options of a message table, as Vitess reads them in its comment. */
record TableComment(Map<String, String> options, String columns) {
    private static final double NANOS = 1e9;

    /** Empty if it is no message table. */
    static Optional<TableComment> of(String comment, String allColumns) {
        if (!comment.startsWith("vitess_message")) {
            return Optional.empty();
        }
        Map<String, String> options = new HashMap<>();
        for (String each : comment.split(",", -1)) {
            String[] parts = each.split("=", 2);
            options.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        String columns = options.getOrDefault("vt_message_cols", allColumns).replace('|', ',');
        return Optional.of(new TableComment(options, columns));
    }

    private long nanos(String option, String otherwise) {
        return (long) (Double.parseDouble(options.getOrDefault(option, otherwise)) * NANOS);
    }

    int batchSize() {
        return Integer.parseInt(options.getOrDefault("vt_batch_size", "1"));
    }

    Duration pollerInterval() {
        return Duration.ofNanos(nanos("vt_poller_interval", "1"));
    }

    long postponement(long epoch, double jitter) {
        long wait = nanos("vt_ack_wait", "30");
        long least = nanos("vt_min_backoff", options.getOrDefault("vt_ack_wait", "30"));
        long most = nanos("vt_max_backoff", "1000000");
        double doubled = Math.floor((least << Math.min(epoch, 20)) * jitter);
        return wait + (long) Math.clamp(doubled, (double) least, (double) most);
    }
}
