// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.hosting.Call;
import dev.millrace.hosting.HostedJob;
import dev.millrace.resp.ReplyWriter;

/** How jobs are called on the wire. Belongs to the loop. */
public interface Ids {
    /** No job has this number. */
    long UNKNOWN = 0;

    /** The 40 digits of this node. */
    String node();

    /** The id of a job as a bulk. */
    void writeBulk(ReplyWriter out, HostedJob job);

    /** The id of a job as a simple string. */
    void writeSimple(ReplyWriter out, HostedJob job);

    /** The id of a job that was stored, as a simple string; the mark is what its last four digits say. */
    void writeAdded(ReplyWriter out, Call.Added added, int mark);

    /** The id of the job that was there before. */
    String duplicate(Call.Added added, int mark);

    /**
     * The number of a job, for calls.
     *
     * @throws Refusal if it does not look like an id
     * @return {@link #UNKNOWN} if no job of the host can have it
     */
    long number(byte[] id);
}
