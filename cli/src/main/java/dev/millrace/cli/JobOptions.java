// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the jobs that are enqueued are to travel. */
final class JobOptions {
    @Option(names = "--delay", paramLabel = "TIME", description = "Make it wait, such as 500ms, 5m, 1h30m, 2d or PT5M.")
    @Nullable
    Duration delay;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "An id of your own; a second job with it is a duplicate and is not stored.")
    @Nullable
    String id;

    @Option(names = "--front", description = "Put it before the jobs that are there.")
    boolean front;

    @Option(names = "--ttl", paramLabel = "TIME", description = "Forget it if nobody has taken it by then.")
    @Nullable
    Duration expiry;

    @Option(names = "--priority", paramLabel = "N", description = "0 (last) to 9 (first); 4 if nothing is said.")
    @Nullable
    Integer priority;

    @Option(names = "--header", paramLabel = "NAME=VALUE", description = "Text beside the body; may be repeated.")
    Map<String, String> headers = new LinkedHashMap<>();

    /** Checks the options and says what jobs are to be like; only what was asked for is asked of the broker. */
    JobShape shape(QueueName queue) {
        JobShape shape = body -> refine(Job.of(queue, body));
        shape.job(Payload.empty());
        return shape;
    }

    private Job refine(Job plain) {
        Job job = plain;
        if (delay != null) {
            job = job.after(delay);
        }
        if (id != null) {
            job = job.withId(id);
        }
        if (front) {
            job = job.atFront();
        }
        if (expiry != null) {
            job = job.expiringAfter(expiry);
        }
        if (priority != null) {
            job = job.withPriority(priority);
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            job = job.withHeader(header.getKey(), header.getValue());
        }
        return job;
    }

    /** Refuses what can belong to one job only. */
    void refuseForManyJobs() {
        if (id != null) {
            throw new IllegalArgumentException("--id names one job and --file makes many; leave one of them out");
        }
    }
}
