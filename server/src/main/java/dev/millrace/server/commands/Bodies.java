// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.broker.Envelope;
import dev.millrace.broker.Settlement;
import dev.millrace.hosting.HostedJob;
import dev.millrace.job.Job;
import dev.millrace.job.Payload;
import dev.millrace.job.QueueName;
import dev.millrace.resp.ReplyWriter;
import java.util.HashMap;
import java.util.Map;

/*
 * Disque's protocol carries bytes only, so headers travel in the common envelope, as they do through a real server. Here it
 * is opened: the headers of a job are its own, and a worker in this process sees them as one that comes through a socket.
 */
/** Bodies of jobs on the wire. */
public final class Bodies {
    /** The header that carries the id of an event that is too long for the id of a job. */
    public static final String EVENT_ID_HEADER = "okq-id";

    private static final byte FIRST = (byte) 0xF5;

    private Bodies() {}

    /** A job with what came for it. */
    public static Job job(QueueName queue, byte[] body) {
        Payload received = Payload.wrap(body);
        if (body.length == 0 || body[0] != FIRST) {
            return Job.of(queue, received);
        }
        Envelope envelope = Envelope.open(received);
        try {
            return Job.of(queue, envelope.payload()).withHeaders(envelope.headers());
        } catch (IllegalArgumentException notOurs) {
            return Job.of(queue, received);
        }
    }

    /** What is sent of a job to those who look at it. */
    public static void write(ReplyWriter out, HostedJob job) {
        write(out, job, WireNames.HEADER, EVENT_ID_HEADER);
    }

    /** What is sent of a job to its worker: that it was put aside once is over. */
    public static void writeTaken(ReplyWriter out, HostedJob job) {
        write(out, job, WireNames.HEADER, EVENT_ID_HEADER, Settlement.REASON_HEADER);
    }

    private static void write(ReplyWriter out, HostedJob job, String... hidden) {
        Map<String, String> headers = job.headers();
        if (headers.isEmpty()) {
            out.bulk(job.payload().bytes());
            return;
        }
        Map<String, String> shown = new HashMap<>(headers);
        for (String name : hidden) {
            shown.remove(name);
        }
        out.bulk(
                shown.isEmpty()
                        ? job.payload().bytes()
                        : new Envelope(shown, job.payload()).seal().bytes());
    }
}
