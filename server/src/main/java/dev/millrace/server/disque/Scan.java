// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.hosting.Call;
import dev.millrace.hosting.Page;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Replies;
import dev.millrace.server.listening.Asked;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/*
 * The host is asked for a part at a time, so that a long listing does not stop everybody else. Like the original it ends
 * when there are COUNT entries or ten times as many were looked at, or at the end of all with BUSYLOOP; and, unlike it, when
 * there is as much as one reply should hold. Entries are kept as they are going to be sent.
 */
/**
 * The reply of a scan: the cursor and what was found.
 *
 * @param <T> what is listed
 */
final class Scan<T> extends Asked<Page<T>> {
    private static final int MOST_STEPS = 2_000;
    private static final int PATIENCE = 10;

    /** No more is added to a listing that is as long. */
    static final int MOST_BYTES = 16 << 20;

    private final ScanWords words;
    private final Source<T> source;
    private final Predicate<T> wanted;
    private final BiConsumer<ReplyWriter, T> writing;
    private final ReplyWriter entries = new ReplyWriter(64);
    private int found;
    private long looked;

    /** Makes the call for one part. */
    @FunctionalInterface
    interface Source<T> {
        Call page(long cursor, int steps, Scan<T> answer);
    }

    Scan(Client client, ScanWords words, Source<T> source, Predicate<T> wanted, BiConsumer<ReplyWriter, T> writing) {
        super(client.connection());
        this.words = words;
        this.source = source;
        this.wanted = wanted;
        this.writing = writing;
    }

    Scan<T> begin() {
        asking(source.page(words.cursor, steps(), this));
        return this;
    }

    private int steps() {
        return words.busyloop ? MOST_STEPS : Math.clamp(words.count, 1, MOST_STEPS);
    }

    @Override
    protected @Nullable Call more(Page<T> part) {
        for (T entry : part.found()) {
            if (wanted.test(entry)) {
                writing.accept(entries, entry);
                found++;
            }
        }
        looked += steps();
        boolean enough = entries.size() >= MOST_BYTES
                || (!words.busyloop && (found >= words.count || looked >= PATIENCE * words.count));
        return part.next() == 0 || enough ? null : source.page(part.next(), steps(), this);
    }

    @Override
    public boolean holds() {
        return true;
    }

    @Override
    protected void write(ReplyWriter out, Page<T> last) {
        out.arrayHeader(2).bulk(Long.toString(last.next()));
        out.arrayHeader(found).encoded(entries);
    }

    @Override
    protected void writeFailure(ReplyWriter out, RuntimeException why) {
        Replies.failure(out, why);
    }
}
