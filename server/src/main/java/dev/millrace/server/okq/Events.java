// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.okq;

import dev.millrace.hosting.HostedJob;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Bodies;
import dev.millrace.server.commands.Node;

/** Writes events: id and body. */
final class Events {
    private Events() {}

    /** An event that is looked at. */
    static void write(ReplyWriter out, Node node, HostedJob job) {
        id(out, node, job);
        Bodies.write(out, job);
    }

    /** An event for the consumer who takes it. */
    static void writeTaken(ReplyWriter out, Node node, HostedJob job) {
        id(out, node, job);
        Bodies.writeTaken(out, job);
    }

    private static void id(ReplyWriter out, Node node, HostedJob job) {
        out.arrayHeader(2);
        byte[] event = EventIds.event(job);
        if (event == null) {
            node.ids().writeBulk(out, job);
        } else {
            out.bulk(event);
        }
    }
}
