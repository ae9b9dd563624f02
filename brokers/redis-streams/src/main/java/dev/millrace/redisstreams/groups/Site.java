// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import dev.millrace.redisstreams.RedisServerException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One stream of a broker: what all its receivers share. Thread-safe. */
final class Site {
    private static final int MOST_AT_ONCE = 500;

    private final Group group;
    private final Holdings holdings = new Holdings();
    private final Recovery recovery;
    private final GroupNews news;
    private final LongSupplier nanos;
    private final AtomicReference<@Nullable String> leastLost = new AtomicReference<>();
    private volatile boolean made;
    private volatile String lastRead = "0-0";

    Site(Group group, GroupNews news, LongSupplier nanos) {
        this.group = group;
        this.news = news;
        this.nanos = nanos;
        this.recovery = new Recovery(group, holdings, news, nanos.getAsLong());
    }

    Group group() {
        return group;
    }

    Holdings holdings() {
        return holdings;
    }

    Recovery recovery() {
        return recovery;
    }

    GroupNews news() {
        return news;
    }

    long now() {
        return nanos.getAsLong();
    }

    long leaseMillis() {
        return group.terms().claiming().pendingMillis();
    }

    /** Makes the group if nobody did. */
    void make() {
        if (!made) {
            lastRead = group.create();
            made = true;
        }
    }

    /** Does something with the group; if it is gone makes it anew, and does it again. */
    <T> T inGroup(Supplier<T> work) {
        try {
            return work.get();
        } catch (RedisServerException e) {
            if (!Failures.isGone(e)) {
                throw e;
            }
            makeAnew();
            return work.get();
        }
    }

    /** The group was lost. It begins before everything that is here or was lost with it, for that is pending no more. */
    void makeAnew() {
        String lost = leastLost.get();
        String least = least(lost, holdings.least());
        String from = least == null || EntryIds.ORDER.compare(lastRead, least) < 0 ? lastRead : EntryIds.before(least);
        lastRead = group.createAfter(from);
        leastLost.compareAndSet(lost, null);
        news.madeAnew(group.name(), lastRead);
    }

    private static @Nullable String least(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return EntryIds.ORDER.compare(one, other) < 0 ? one : other;
    }

    /** New entries came. */
    void read(List<Entry> entries) {
        if (!entries.isEmpty()) {
            lastRead = entries.getLast().id();
            holdings.read(entries, now());
        }
    }

    /** Keeps what waits for its time, so that nobody else claims it. */
    void keepWaiting() {
        List<Keeping> all = holdings.waiting().stream()
                .map(each -> Keeping.fresh(each.id()))
                .toList();
        keep(all);
    }

    /** Changes how idle entries count; those that are ours no more are forgotten. One answer for each. */
    List<Fate> keep(List<Keeping> entries) {
        List<Fate> fates = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i += MOST_AT_ONCE) {
            fates.addAll(keepSome(entries.subList(i, Math.min(entries.size(), i + MOST_AT_ONCE))));
        }
        return fates;
    }

    private List<Fate> keepSome(List<Keeping> entries) {
        List<Fate> fates;
        try {
            fates = group.keep(entries);
        } catch (RedisServerException e) {
            if (!Failures.isGone(e)) {
                throw e;
            }
            fates = entries.stream().map(each -> Fate.GONE).toList();
            entries.forEach(each -> leastLost.accumulateAndGet(each.id(), Site::least));
        }
        List<String> lost = new ArrayList<>();
        for (int i = 0; i < fates.size(); i++) {
            if (fates.get(i) != Fate.HAD) {
                lost.add(entries.get(i).id());
            }
            if (fates.get(i) == Fate.VANISHED) {
                news.vanished(group.name(), entries.get(i).id());
            }
        }
        holdings.forget(lost);
        return fates;
    }

    /** Lets others have everything that nobody works on. */
    void handBack() {
        keep(holdings.giveUp(now(), leaseMillis()));
        if (made && recovery.isDoubtful()) {
            String from = "-";
            for (List<Pending> page = group.pending(from, MOST_AT_ONCE, false);
                    !page.isEmpty();
                    page = group.pending(from, MOST_AT_ONCE, false)) {
                keep(page.stream()
                        .filter(holdings.unknown())
                        .map(each -> new Keeping(each.id(), leaseMillis(), Keeping.AS_IT_IS))
                        .toList());
                from = "(" + page.getLast().id();
            }
        }
    }
}
