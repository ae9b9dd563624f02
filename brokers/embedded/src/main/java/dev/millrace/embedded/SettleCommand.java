// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.embedded.engine.Engine;
import dev.millrace.embedded.records.JobRecord;
import dev.millrace.embedded.records.RecordWriter;
import dev.millrace.embedded.records.Records;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settles deliveries. */
final class SettleCommand extends Command {
    private static final int ACK_BYTES = 16;

    private final List<Settlement> settlements;
    private final Settled[] answers;
    private final int[] notes;
    private final int[] noteLengths;
    private final long now;

    /** @param now from when delays count */
    SettleCommand(List<Settlement> settlements, long now) {
        this.settlements = settlements;
        this.now = now;
        this.answers = new Settled[settlements.size()];
        this.notes = new int[answers.length];
        this.noteLengths = new int[answers.length];
    }

    @Override
    int bytes() {
        long bytes = 0;
        for (Settlement settlement : settlements) {
            bytes += ACK_BYTES + (settlement instanceof Settlement.Ack ? 0 : headerBytes(settlement));
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    private static long headerBytes(Settlement settlement) {
        long characters = 0;
        for (Map.Entry<String, String> header : settlement.delivery().headers().entrySet()) {
            characters += header.getKey().length() + header.getValue().length();
        }
        return 3 * characters;
    }

    private EmbeddedTag tag(int i) {
        return (EmbeddedTag) settlements.get(i).delivery().tag();
    }

    @Override
    void prepare(Engine engine, RecordWriter out) {
        for (int i = 0; i < answers.length; i++) {
            EmbeddedTag tag = tag(i);
            answers[i] = Settled.LOST;
            noteLengths[i] = 0;
            if (tag.token() == EmbeddedTag.AT_MOST_ONCE) {
                answers[i] = settlements.get(i) instanceof Settlement.Ack ? Settled.CONFIRMED : Settled.LOST;
            } else if (claim(engine, settlements.get(i), tag)) {
                answers[i] = Settled.CONFIRMED;
                notes[i] = out.size();
                noteLengths[i] = 1;
                if (!(settlements.get(i) instanceof Settlement.Ack)) {
                    engine.reserveNote(tag.slot());
                }
                write(settlements.get(i), tag.sequence(), engine.now(), out);
                noteLengths[i] = out.size() - notes[i];
            }
        }
    }

    /* What is delivered at most once comes again only if nobody has tried it. */
    private static boolean claim(Engine engine, Settlement settlement, EmbeddedTag tag) {
        if (!engine.claim(tag.slot(), tag.sequence(), tag.token())) {
            return false;
        }
        boolean tried = settlement instanceof Settlement.Release release && release.cause() == Settlement.Cause.FAILED;
        if (tried && !engine.hosted().mayComeAgain(tag.slot())) {
            engine.unclaim(tag.slot());
            return false;
        }
        return true;
    }

    private void write(Settlement settlement, long sequence, long present, RecordWriter out) {
        switch (settlement) {
            case Settlement.Ack ack -> Records.removed(out, sequence);
            case Settlement.Release release
            when release.headers().isEmpty() -> Records.released(out, sequence, at(release), attempts(release));
            case Settlement.Release release ->
                Records.retried(
                        out, sequence, at(release), attempts(release), merged(release.delivery(), release.headers()));
            case Settlement.DeadLetter dead -> {
                Map<String, String> headers = merged(dead.delivery(), dead.headers());
                headers.put(Settlement.REASON_HEADER, dead.reason());
                Records.buried(out, sequence, present, headers);
            }
        }
    }

    private long at(Settlement.Release release) {
        return release.delay().isZero() ? 0 : now + JobRecord.millisUp(release.delay());
    }

    private static int attempts(Settlement.Release release) {
        return release.delivery().attempt() - (release.cause() == Settlement.Cause.FAILED ? 0 : 1);
    }

    private static Map<String, String> merged(Delivery delivery, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(delivery.headers());
        all.putAll(more);
        return all;
    }

    @Override
    void commit(Engine engine, long start) {
        for (int i = 0; i < answers.length; i++) {
            if (noteLengths[i] > 0) {
                commit(engine, tag(i).slot(), settlements.get(i), start + notes[i], noteLengths[i]);
            }
        }
    }

    private void commit(Engine engine, int slot, Settlement settlement, long location, int length) {
        switch (settlement) {
            case Settlement.Ack ack -> engine.remove(slot);
            case Settlement.Release release -> {
                if (!release.headers().isEmpty()) {
                    engine.note(slot, location, length);
                }
                boolean first = release.cause() == Settlement.Cause.NOT_TRIED;
                engine.release(slot, at(release), attempts(release), first);
            }
            case Settlement.DeadLetter dead -> {
                engine.note(slot, location, length);
                engine.bury(slot);
            }
        }
    }

    @Override
    void abort(Engine engine) {
        for (int i = 0; i < answers.length; i++) {
            if (noteLengths[i] > 0) {
                engine.unclaim(tag(i).slot());
                noteLengths[i] = 0;
            }
        }
    }

    List<Settled> answers() {
        return List.of(answers);
    }
}
