// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque.broker;

import dev.millrace.broker.InFlight;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.disque.DisqueJob;
import dev.millrace.disque.NodeAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/*
 * Acknowledgements of one node travel in one command, which answers how many it knew. If that is all of them, all are
 * confirmed; else it is not known which were not, and each is only sent: another node may know it. Everything else is one
 * by one. What is no acknowledgement and comes after its lease is lost without asking: the job may be another worker's.
 */
final class Settler {
    private final Site site;
    private final InFlight flights;

    Settler(Site site, InFlight flights) {
        this.site = site;
        this.flights = flights;
    }

    List<Settled> settle(List<Settlement> settlements) {
        Settled[] answers = new Settled[settlements.size()];
        Map<NodeAddress, List<Integer>> acks = new LinkedHashMap<>();
        for (int i = 0; i < answers.length; i++) {
            DisqueTag tag = tag(settlements.get(i));
            boolean ack = settlements.get(i) instanceof Settlement.Ack;
            if (tag.number() == DisqueTag.AT_MOST_ONCE) {
                answers[i] = ack ? Settled.CONFIRMED : Settled.LOST;
            } else if (ack) {
                acks.computeIfAbsent(tag.job().node(), node -> new ArrayList<>())
                        .add(i);
            } else {
                answers[i] = flights.holds(tag.number()) ? settle(settlements.get(i), tag) : Settled.LOST;
                flights.end(tag.number());
            }
        }
        acks.values().forEach(group -> acknowledge(settlements, group, answers));
        return Arrays.asList(answers);
    }

    private static DisqueTag tag(Settlement settlement) {
        return (DisqueTag) settlement.delivery().tag();
    }

    private void acknowledge(List<Settlement> settlements, List<Integer> group, Settled[] answers) {
        List<DisqueJob> jobs =
                group.stream().map(i -> tag(settlements.get(i)).job()).toList();
        int known = site.pool().ack(jobs);
        for (int i : group) {
            answers[i] = known == jobs.size() ? Settled.CONFIRMED : Settled.SENT;
            flights.end(tag(settlements.get(i)).number());
        }
    }

    private Settled settle(Settlement settlement, DisqueTag tag) {
        return switch (settlement) {
            case Settlement.Ack ack -> throw new IllegalStateException("acknowledgements go in groups");
            case Settlement.DeadLetter letter -> site.means().bury(letter, tag);
            case Settlement.Release release
            when release.delay().isZero() && release.headers().isEmpty() -> now(release, tag);
            case Settlement.Release release -> site.means().release(release, tag);
        };
    }

    private Settled now(Settlement.Release release, DisqueTag tag) {
        DisqueJob job = tag.job();
        int queued = release.cause() == Settlement.Cause.FAILED
                ? site.pool().nack(job)
                : site.node(job).enqueue(job.id());
        return queued == 1 ? Settled.CONFIRMED : Settled.LOST;
    }
}
