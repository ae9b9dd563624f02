// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.commands;

import dev.millrace.broker.EnqueueResult;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.HostedJob;
import dev.millrace.hosting.Naming;
import dev.millrace.job.JobId;
import dev.millrace.resp.ReplyWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/*
 *   D-4a9b02c1-AT8iQk0b3+1yCjzq0v2R7aPA-ffff
 *     |        |                        |
 *     |        |                        says nothing: another broker does not tell for how long its jobs live
 *     |        the id of the broker, packed; 24 letters where it fits (see PackedId), else more
 *     the first 8 digits of the node's id, which is made from the name of the broker
 *
 * An id that has the form of Disque already is sent as it is, unless it begins as ours do. So every id says which job it is
 * without a table, before and after a restart, and from whichever server of this broker it came.
 */
/** The ids of jobs whose broker has ids of its own. */
final class NamedIds implements Ids {
    private static final String MARK = "-ffff";
    private static final int PREFIX = 11;

    private final Naming naming;
    private final String node;
    private final String prefix;

    NamedIds(String store, Naming naming) {
        this.naming = naming;
        this.node = WireIds.node(store);
        this.prefix = "D-" + node.substring(0, 8) + "-";
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public void writeBulk(ReplyWriter out, HostedJob job) {
        out.bulk(text(job.id().orElseThrow()));
    }

    @Override
    public void writeSimple(ReplyWriter out, HostedJob job) {
        out.simpleString(text(job.id().orElseThrow()));
    }

    @Override
    public void writeAdded(ReplyWriter out, Call.Added added, int mark) {
        out.simpleString(text(((EnqueueResult.Stored) added.result()).id()));
    }

    @Override
    public String duplicate(Call.Added added, int mark) {
        return text(((EnqueueResult.Duplicate) added.result()).id());
    }

    String text(JobId id) {
        String value = id.value();
        if (value.length() == WireIds.LENGTH && !value.startsWith(prefix) && isAscii(value)) {
            if (WireIds.wellFormed(Words.ascii(value))) {
                return value;
            }
        }
        return prefix + Base64.getEncoder().withoutPadding().encodeToString(PackedId.pack(value)) + MARK;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(letter -> letter < 0x80);
    }

    @Override
    public long number(byte[] wire) {
        int length = wire.length;
        boolean wellFormed = length >= WireIds.LENGTH
                && wire[0] == 'D'
                && wire[1] == '-'
                && wire[PREFIX - 1] == '-'
                && wire[length - MARK.length()] == '-';
        if (!wellFormed) {
            throw new Refusal(Refusal.BAD_ID);
        }
        return id(Words.raw(wire)).map(naming::number).orElse(UNKNOWN);
    }

    /** The id in the broker; empty if it is none of this broker. */
    Optional<JobId> id(String text) {
        try {
            JobId id = new JobId(text.startsWith(prefix) ? unpacked(text) : text);
            return text(id).equals(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static String unpacked(String text) {
        String middle = text.substring(PREFIX, text.length() - MARK.length());
        return PackedId.unpack(Base64.getDecoder().decode(middle.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
