// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.broker.Glimpse;
import dev.millrace.broker.Settlement;
import dev.millrace.cli.terminal.HumanDuration;
import dev.millrace.cli.terminal.JsonLine;
import dev.millrace.cli.terminal.Printable;
import dev.millrace.cli.terminal.TextTable;
import dev.millrace.job.DecodeException;
import dev.millrace.job.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows jobs that nobody took. */
final class JobLister {
    private static final int BODY_SHOWN = 60;
    private static final int REASON_SHOWN = 80;

    private final Root root;

    JobLister(Root root) {
        this.root = root;
    }

    /** Shows ready jobs, or says that there are none. */
    void show(List<Glimpse> jobs, String none) {
        print(
                jobs,
                none,
                new TextTable("ID", "ATTEMPTS", "AGE", "BODY"),
                (job, table) ->
                        table.row(job.id().value(), Integer.toString(job.attempts()), age(job), body(job.payload())));
    }

    /** Shows dead letters, or says that there are none. */
    void showDead(List<Glimpse> jobs, String none) {
        print(
                jobs,
                none,
                new TextTable("ID", "ATTEMPTS", "REASON", "BODY"),
                (job, table) -> table.row(
                        job.id().value(),
                        Integer.toString(job.attempts()),
                        Printable.of(reason(job).orElse("-"), REASON_SHOWN),
                        body(job.payload())));
    }

    private interface Row {
        void add(Glimpse job, TextTable table);
    }

    private void print(List<Glimpse> jobs, String none, TextTable table, Row row) {
        if (root.json()) {
            jobs.forEach(job -> root.print(line(job)));
        } else if (jobs.isEmpty()) {
            root.print(none);
        } else {
            jobs.forEach(job -> row.add(job, table));
            table.print(root.streams().out());
        }
    }

    private static Optional<String> reason(Glimpse job) {
        return Optional.ofNullable(job.headers().get(Settlement.REASON_HEADER));
    }

    private String age(Glimpse job) {
        Instant now = root.clock().instant();
        return job.enqueuedAt()
                .map(then -> HumanDuration.format(Duration.between(then, now)))
                .orElse("-");
    }

    private static String body(Payload body) {
        try {
            return Printable.of(body.text(), BODY_SHOWN);
        } catch (DecodeException e) {
            return body.size() + " bytes, not text";
        }
    }

    /** Documented in docs/cli.md; fields are added, never changed. */
    private static String line(Glimpse job) {
        JsonLine line = new JsonLine()
                .put("id", job.id().value())
                .put("queue", job.queue().value())
                .put("state", job.state().name().toLowerCase(Locale.ROOT))
                .put("attempts", job.attempts())
                .put("enqueuedAt", job.enqueuedAt())
                .put("due", job.due())
                .put("reason", reason(job).orElse(null))
                .put("headers", job.headers())
                .put("size", job.payload().size());
        try {
            return line.put("body", job.payload().text()).toString();
        } catch (DecodeException e) {
            return line.put(
                            "bodyBase64",
                            Base64.getEncoder().encodeToString(job.payload().bytes()))
                    .toString();
        }
    }
}
