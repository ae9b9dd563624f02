// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.Feature;
import dev.millrace.broker.InFlight;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.okq.OkqEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/*
 * Acknowledgements go together. What is no acknowledgement and comes after its lease is lost without asking: the event may be
 * another worker's, and okq does not ask whose it is.
 */
final class Settler {
    private final String broker;
    private final Site site;
    private final InFlight flights;

    Settler(String broker, Site site, InFlight flights) {
        this.broker = broker;
        this.site = site;
        this.flights = flights;
    }

    List<Settled> settle(List<Settlement> settlements) {
        settlements.forEach(this::check);
        Settled[] answers = new Settled[settlements.size()];
        List<Integer> acks = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            OkqTag tag = tag(settlements.get(i));
            boolean ack = settlements.get(i) instanceof Settlement.Ack;
            if (tag.number() == OkqTag.AT_MOST_ONCE) {
                answers[i] = ack ? Settled.CONFIRMED : Settled.LOST;
            } else if (ack) {
                acks.add(i);
            } else {
                answers[i] = flights.holds(tag.number()) ? settle(settlements.get(i), tag) : Settled.LOST;
                flights.end(tag.number());
            }
        }
        acknowledge(settlements, acks, answers);
        return Arrays.asList(answers);
    }

    private void check(Settlement settlement) {
        switch (settlement) {
            case Settlement.Ack ack -> {}
            case Settlement.DeadLetter letter -> need(Feature.DEAD_LETTER, "a dead letter of " + letter.delivery());
            case Settlement.Release release -> {
                if (!release.delay().isZero()) {
                    need(Feature.DELAYED_RETRY, "a release of " + release.delivery());
                }
            }
        }
    }

    private void need(Feature feature, String asker) {
        if (!site.returning().capabilities().has(feature)) {
            throw new UnsupportedFeatureException(broker, feature.name(), asker);
        }
    }

    private static OkqTag tag(Settlement settlement) {
        return (OkqTag) settlement.delivery().tag();
    }

    private void acknowledge(List<Settlement> settlements, List<Integer> acks, Settled[] answers) {
        List<OkqEvent> events =
                acks.stream().map(i -> tag(settlements.get(i)).event()).toList();
        List<Boolean> known = site.client().ackAll(events);
        for (int i = 0; i < known.size(); i++) {
            answers[acks.get(i)] = known.get(i) ? Settled.CONFIRMED : Settled.LOST;
            flights.end(tag(settlements.get(acks.get(i))).number());
        }
    }

    private Settled settle(Settlement settlement, OkqTag tag) {
        return switch (settlement) {
            case Settlement.Ack ack -> throw new IllegalStateException("acknowledgements go together");
            case Settlement.DeadLetter letter -> site.returning().bury(letter, tag);
            case Settlement.Release release -> site.returning().release(release, tag);
        };
    }
}
