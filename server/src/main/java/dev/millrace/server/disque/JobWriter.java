// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.broker.Settlement;
import dev.millrace.hosting.HostedJob;
import dev.millrace.hosting.HostedView;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Bodies;
import dev.millrace.server.commands.Node;
import dev.millrace.server.commands.WireNames;
import java.util.Map;
import java.util.OptionalLong;

/** Writes jobs as Disque does. */
final class JobWriter {
    private static final byte[] NACKS = new ReplyWriter(16).bulk("nacks").toByteArray();
    private static final byte[] DELIVERIES =
            new ReplyWriter(32).bulk("additional-deliveries").toByteArray();

    private static final int PAIRS = 15;
    private static final int DEAD_PAIRS = 2;
    private static final long NANOS = 1_000_000;
    private static final long WARNING_MILLIS = 500;

    private JobWriter() {}

    /** Queue, id and body. */
    static void three(ReplyWriter out, Node node, HostedJob job) {
        two(out, node, job);
        Bodies.write(out, job);
    }

    /** Queue, id and body, for the worker who takes it. */
    static void threeTaken(ReplyWriter out, Node node, HostedJob job) {
        two(out, node, job);
        Bodies.writeTaken(out, job);
    }

    /** Queue, id and the bare body, for those who get the headers beside it. */
    static void threeBare(ReplyWriter out, Node node, HostedJob job) {
        two(out, node, job);
        out.bulk(job.payload().bytes());
    }

    private static void two(ReplyWriter out, Node node, HostedJob job) {
        node.names().write(out, job.queue(), job.headers());
        node.ids().writeBulk(out, job);
    }

    /** How often it was handed back, and how often it came again. */
    static void counters(ReplyWriter out, HostedJob job) {
        out.encoded(NACKS).integer(job.nacks());
        out.encoded(DELIVERIES).integer(job.requeues());
    }

    static void headers(ReplyWriter out, Map<String, String> headers) {
        out.bulk("headers");
        long shown = headers.keySet().stream().filter(JobWriter::isShown).count();
        out.arrayHeader(2 * (int) shown);
        headers.forEach((name, value) -> {
            if (isShown(name)) {
                out.bulk(name).bulk(value);
            }
        });
    }

    private static boolean isShown(String header) {
        return !header.equals(WireNames.HEADER) && !header.equals(Bodies.EVENT_ID_HEADER);
    }

    /** All that SHOW says. */
    static void show(ReplyWriter out, Node node, HostedView view) {
        allButTheBody(out, node, view, PAIRS);
        Bodies.write(out, view.job());
    }

    /** The same of a job that was put aside, with the bare body, why, and since when. */
    static void showDead(ReplyWriter out, Node node, HostedView view) {
        allButTheBody(out, node, view, PAIRS + DEAD_PAIRS);
        out.bulk(view.job().payload().bytes());
        String reason = view.job().headers().get(Settlement.REASON_HEADER);
        out.bulk("reason");
        if (reason == null) {
            out.nullBulk();
        } else {
            out.bulk(reason);
        }
        out.bulk("dead-since");
        if (view.deadSince().isPresent()) {
            out.integer(view.deadSince().getAsLong());
        } else {
            out.nullBulk();
        }
    }

    private static void allButTheBody(ReplyWriter out, Node node, HostedView view, int pairs) {
        HostedJob job = view.job();
        out.arrayHeader(2 * pairs);
        out.bulk("id");
        node.ids().writeBulk(out, job);
        out.bulk("queue");
        node.names().write(out, job.queue(), job.headers());
        long left = leftMillis(node, view);
        out.bulk("state").bulk(state(view.state()));
        out.bulk("repl").integer(1);
        out.bulk("ttl").integer(Math.ceilDiv(left, 1000));
        out.bulk("ctime").integer(view.enqueuedAt() * NANOS + job.number() % NANOS);
        out.bulk("delay").integer(delaySeconds(node, view));
        out.bulk("retry").integer(view.retryMillis() / 1000);
        out.bulk("nacks").integer(job.nacks());
        out.bulk("additional-deliveries").integer(job.requeues());
        out.bulk("nodes-delivered").arrayHeader(1).bulk(node.ids().node());
        out.bulk("nodes-confirmed").arrayHeader(0);
        requeue(out, view, left);
        out.bulk("body");
    }

    /* One that was handed back for later waits as if it had come with the whole of that delay. */
    private static long delaySeconds(Node node, HostedView view) {
        long own = view.delayMillis() / 1000;
        if (view.state() != HostedView.State.WAITING || view.job().nacks() == 0) {
            return own;
        }
        long due = node.clock().millis() + view.requeueMillis().orElse(0);
        return Math.max(own, (due - view.enqueuedAt() + 500) / 1000);
    }

    private static void requeue(ReplyWriter out, HostedView view, long left) {
        OptionalLong requeue = view.requeueMillis();
        out.bulk("next-requeue-within");
        if (requeue.isPresent()) {
            out.integer(requeue.getAsLong());
        } else {
            out.nullBulk();
        }
        long awake = requeue.orElse(left);
        boolean warns = requeue.isPresent() && view.retryMillis() > 0;
        out.bulk("next-awake-within").integer(Math.max(0, warns ? awake - WARNING_MILLIS : awake));
    }

    private static long leftMillis(Node node, HostedView view) {
        long life = view.job().lifeMillis();
        return life == Long.MAX_VALUE
                ? AddOptions.LONGEST_SECONDS * 1000
                : Math.max(0, view.enqueuedAt() + life - node.clock().millis());
    }

    static String state(HostedView.State state) {
        return switch (state) {
            case QUEUED -> "queued";
            case WAITING, ACTIVE -> "active";
            case DEAD -> "dead";
        };
    }
}
