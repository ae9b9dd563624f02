// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.hosting.Call;
import dev.millrace.hosting.HostedView;
import dev.millrace.hosting.Page;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Replies;
import dev.millrace.server.listening.Asked;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The reply of {@code DEADLIST}: asks part after part until there are enough, or as many as one reply holds. */
final class DeadLetters extends Asked<Page<HostedView>> {
    private static final int STEPS = 2_000;
    private static final int MOST = 1_000_000;

    private final int count;
    private final Call.Filter filter;
    private final BiConsumer<ReplyWriter, HostedView> writing;
    private final ReplyWriter letters = new ReplyWriter(64);
    private int found;

    DeadLetters(Client client, int count, Call.Filter filter, BiConsumer<ReplyWriter, HostedView> writing) {
        super(client.connection());
        this.count = Math.min(count, MOST);
        this.filter = filter;
        this.writing = writing;
    }

    DeadLetters begin() {
        asking(page(0));
        return this;
    }

    private Call page(long cursor) {
        return new Call.ListJobs(cursor, Math.min(count - found, STEPS), filter, this);
    }

    @Override
    protected @Nullable Call more(Page<HostedView> part) {
        for (HostedView view : part.found()) {
            if (found < count) {
                writing.accept(letters, view);
                found++;
            }
        }
        boolean enough = found >= count || letters.size() >= Scan.MOST_BYTES;
        return part.next() == 0 || enough ? null : page(part.next());
    }

    @Override
    public boolean holds() {
        return true;
    }

    @Override
    protected void write(ReplyWriter out, Page<HostedView> last) {
        out.arrayHeader(found).encoded(letters);
    }

    @Override
    protected void writeFailure(ReplyWriter out, RuntimeException why) {
        Replies.failure(out, why);
    }
}
