// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/*
 * A sweep goes over everything that is pending under our own name: at the start, when it was left by an earlier life, and after
 * every failure, when the reply to a read may have been lost. The first sweep counts a delivery more, for whoever had an
 * entry may have died of it; later ones do not, for nobody saw it, unless it was given up here.
 *
 * A round of claims goes over what has been idle for the pending timeout, whoever has it. Ours that are in hand are known and
 * left alone. XCLAIM in take.lua checks again, so of two that claim one gets it.
 */
/** Finds pending entries that nobody works on. For the thread that receives, except for {@link #doubt}. */
final class Recovery {
    private static final int PAGE = 100;
    private static final String BEGIN = "-";

    private final Group group;
    private final Holdings holdings;
    private final GroupNews news;
    private final Set<String> givenUp = ConcurrentHashMap.newKeySet();
    /** Those that were given up before the sweep that goes on began. */
    private final Set<String> counting = new HashSet<>();

    private @Nullable String sweepFrom;
    private String claimFrom = BEGIN;
    private long nextRound;
    private boolean first = true;
    private volatile boolean doubtful = true;

    Recovery(Group group, Holdings holdings, GroupNews news, long now) {
        this.group = group;
        this.holdings = holdings;
        this.news = news;
        this.nextRound = now;
    }

    /** There may be entries under our name that are not known here. Any thread. */
    void doubt() {
        doubtful = true;
    }

    boolean isDoubtful() {
        return doubtful || sweepFrom != null;
    }

    /** Deliveries were given up without a word. */
    void giveUp(Collection<String> ids) {
        givenUp.addAll(ids);
        doubt();
    }

    private boolean claims() {
        return !group.terms().claiming().interval().isZero();
    }

    /** In how many nanoseconds the next round of claims is due; at most {@code longest}. */
    long dueWithin(long longest, long now) {
        return claims() ? Math.min(longest, nextRound - now) : longest;
    }

    /** Entries of our own that nobody works on; none if there are no more. */
    List<Entry> sweep(int most) {
        if (doubtful) {
            doubtful = false;
            sweepFrom = BEGIN;
            counting.addAll(givenUp);
            givenUp.removeAll(counting);
        }
        List<Entry> found = new ArrayList<>();
        for (String from = sweepFrom; from != null && found.isEmpty(); from = sweepFrom) {
            List<Pending> page = group.pending(from, PAGE, false);
            List<Pending> wanted = pick(page, most);
            found.addAll(take(wanted.stream().map(this::counted).toList(), false));
            sweepFrom = next(page, wanted, most);
        }
        if (sweepFrom == null && !doubtful) {
            first = false;
            counting.clear();
        }
        return found;
    }

    private Pending counted(Pending entry) {
        return first || counting.contains(entry.id()) ? entry.raised(1) : entry;
    }

    /** Entries that have been idle for too long, if it is time to look. */
    List<Entry> round(int most, long now) {
        List<Entry> found = new ArrayList<>();
        while (claims() && nextRound - now <= 0 && found.isEmpty()) {
            List<Pending> page = group.pending(claimFrom, PAGE, true);
            List<Pending> wanted = pick(page, most);
            found.addAll(take(wanted.stream().map(each -> each.raised(1)).toList(), true));
            String next = next(page, wanted, most);
            claimFrom = next == null ? BEGIN : next;
            if (next == null) {
                nextRound = now + group.terms().claiming().interval().toNanos();
            }
        }
        return found;
    }

    private List<Pending> pick(List<Pending> page, int most) {
        return page.stream().filter(holdings.unknown()).limit(most).toList();
    }

    /** Where to go on; null if that was all. */
    private static @Nullable String next(List<Pending> page, List<Pending> wanted, int most) {
        if (wanted.size() == most) {
            return "(" + wanted.getLast().id();
        }
        return page.size() < PAGE ? null : "(" + page.getLast().id();
    }

    /** Takes entries, in the order of their ids; what the stream has no more is told. */
    List<Entry> take(List<Pending> wanted, boolean idle) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        List<Entry> taken = new ArrayList<>();
        for (Taken each : group.take(wanted, idle)) {
            if (each.entry() != null) {
                taken.add(each.entry());
            } else if (each.fate() == Fate.VANISHED) {
                news.vanished(group.name(), each.id());
            }
        }
        return taken;
    }
}
