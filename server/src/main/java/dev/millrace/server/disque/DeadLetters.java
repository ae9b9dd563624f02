// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.disque;

import dev.millrace.hosting.Call;
import dev.millrace.hosting.HostedView;
import dev.millrace.hosting.Page;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Replies;
import dev.millrace.server.listening.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The reply of {@code DEADLIST}: asks part after part until there are enough. */
final class DeadLetters extends Asked<Page<HostedView>> {
    private static final int STEPS = 2_000;

    private final int count;
    private final Call.Filter filter;
    private final BiConsumer<ReplyWriter, HostedView> writing;
    private final List<HostedView> found = new ArrayList<>();

    DeadLetters(Client client, int count, Call.Filter filter, BiConsumer<ReplyWriter, HostedView> writing) {
        super(client.connection());
        this.count = count;
        this.filter = filter;
        this.writing = writing;
    }

    DeadLetters begin() {
        asking(new Call.ListJobs(0, STEPS, filter, this));
        return this;
    }

    @Override
    protected @Nullable Call more(Page<HostedView> part) {
        found.addAll(part.found());
        return part.next() == 0 || found.size() >= count ? null : new Call.ListJobs(part.next(), STEPS, filter, this);
    }

    @Override
    public boolean holds() {
        return true;
    }

    @Override
    protected void write(ReplyWriter out, Page<HostedView> last) {
        List<HostedView> shown = found.subList(0, Math.min(count, found.size()));
        out.arrayHeader(shown.size());
        shown.forEach(view -> writing.accept(out, view));
    }

    @Override
    protected void writeFailure(ReplyWriter out, RuntimeException why) {
        Replies.failure(out, why);
    }
}
