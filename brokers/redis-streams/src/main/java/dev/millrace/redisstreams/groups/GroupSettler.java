// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import dev.millrace.broker.Delivery;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Settlement.Release;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.redisstreams.groups.Holdings.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/*
 * All acknowledgements are one step, and all releases another. An entry that is released stays pending under our name and
 * waits here; it counts as fresh so that nobody claims it before its time. One that was not tried counts as idle, so that whoever
 * is quicker has it.
 */
/** Says what became of the deliveries of a receiver. Thread-safe. */
final class GroupSettler {
    private static final int MOST_AT_ONCE = 500;
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Site site;
    private final Set<String> inHand;

    GroupSettler(Site site, Set<String> inHand) {
        this.site = site;
        this.inHand = inHand;
    }

    List<Settled> settle(List<Settlement> settlements) {
        List<Settled> answers = new ArrayList<>(Collections.nCopies(settlements.size(), Settled.LOST));
        List<Integer> acks = new ArrayList<>();
        List<Integer> releases = new ArrayList<>();
        for (int i = 0; i < settlements.size(); i++) {
            Settlement settlement = settlements.get(i);
            if (inHand.contains(id(settlement))) {
                switch (settlement) {
                    case Settlement.Ack ack -> acks.add(i);
                    case Release release -> releases.add(i);
                    case Settlement.DeadLetter letter ->
                        throw new UnsupportedFeatureException(
                                "a group of Redis Streams", "DEAD_LETTER", "a settlement of " + letter.delivery());
                }
            }
        }
        for (int i = 0; i < acks.size(); i += MOST_AT_ONCE) {
            ack(acks.subList(i, Math.min(acks.size(), i + MOST_AT_ONCE)), settlements, answers);
        }
        for (int i = 0; i < releases.size(); i += MOST_AT_ONCE) {
            release(releases.subList(i, Math.min(releases.size(), i + MOST_AT_ONCE)), settlements, answers);
        }
        return answers;
    }

    private static String id(Settlement settlement) {
        return ((GroupTag) settlement.delivery().tag()).id();
    }

    private void ack(List<Integer> places, List<Settlement> settlements, List<Settled> answers) {
        List<String> ids = places.stream().map(i -> id(settlements.get(i))).toList();
        List<Boolean> done = site.group().ack(ids);
        for (int i = 0; i < ids.size(); i++) {
            answers.set(places.get(i), done.get(i) ? Settled.CONFIRMED : Settled.LOST);
        }
        site.holdings().forget(ids);
        ids.forEach(inHand::remove);
    }

    private void release(List<Integer> places, List<Settlement> settlements, List<Settled> answers) {
        List<Release> releases =
                places.stream().map(i -> (Release) settlements.get(i)).toList();
        List<Fate> fates = site.keep(releases.stream().map(this::keeping).toList());
        for (int i = 0; i < releases.size(); i++) {
            Release release = releases.get(i);
            // Out of the hand first: once it waits, the receiver may hand it out anew at any moment.
            inHand.remove(id(release));
            if (fates.get(i) == Fate.HAD) {
                answers.set(places.get(i), Settled.CONFIRMED);
                site.holdings().await(waiting(release));
            }
        }
    }

    private Keeping keeping(Release release) {
        return release.cause() == Cause.NOT_TRIED
                ? new Keeping(id(release), release.delay().isZero() ? site.leaseMillis() : 0, counted(release))
                : Keeping.fresh(id(release));
    }

    private Waiting waiting(Release release) {
        Duration delay = release.delay().compareTo(LONGEST) < 0 ? release.delay() : LONGEST;
        return new Waiting(id(release), counted(release), site.now() + delay.toNanos());
    }

    /** How many deliveries count after it. */
    private static int counted(Release release) {
        Delivery delivery = release.delivery();
        return release.cause() == Cause.NOT_TRIED ? delivery.attempt() - 1 : delivery.attempt();
    }
}
