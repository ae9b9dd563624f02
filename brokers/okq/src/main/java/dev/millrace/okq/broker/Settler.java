// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.Feature;
import dev.millrace.broker.InFlight;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.UnsupportedFeatureException;
import dev.millrace.okq.OkqClient;
import dev.millrace.okq.OkqEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/*
 * okq can end an event and give it back as it is. Whatever else becomes of a job is a copy that is pushed, and then the event
 * is acknowledged: whoever dies in between leaves two, never none. What is no acknowledgement and comes after its lease is
 * lost without asking: the event may be another worker's, and okq does not ask whose it is.
 */
final class Settler {
    private final String broker;
    private final OkqClient client;
    private final InFlight flights;

    Settler(String broker, Site site, InFlight flights) {
        this.broker = broker;
        this.client = site.client();
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
        if (settlement instanceof Settlement.Release release && !release.delay().isZero()) {
            throw new UnsupportedFeatureException(
                    broker, Feature.DELAYED_RETRY.name(), "a release of " + release.delivery());
        }
    }

    private static OkqTag tag(Settlement settlement) {
        return (OkqTag) settlement.delivery().tag();
    }

    private void acknowledge(List<Settlement> settlements, List<Integer> acks, Settled[] answers) {
        List<OkqEvent> events =
                acks.stream().map(i -> tag(settlements.get(i)).event()).toList();
        List<Boolean> known = client.ackAll(events);
        for (int i = 0; i < known.size(); i++) {
            answers[acks.get(i)] = known.get(i) ? Settled.CONFIRMED : Settled.LOST;
            flights.end(tag(settlements.get(acks.get(i))).number());
        }
    }

    private Settled settle(Settlement settlement, OkqTag tag) {
        return switch (settlement) {
            case Settlement.Ack ack -> throw new IllegalStateException("acknowledgements go together");
            case Settlement.DeadLetter letter -> bury(letter, tag);
            case Settlement.Release release -> release(release, tag);
        };
    }

    private Settled release(Settlement.Release release, OkqTag tag) {
        boolean counts = release.cause() == Settlement.Cause.FAILED;
        if (!counts && release.headers().isEmpty() && client.supportsRedo()) {
            boolean known = client.redo(tag.event().queue(), tag.event().id());
            return known ? Settled.CONFIRMED : Settled.LOST;
        }
        int attempts = release.delivery().attempt() - (counts ? 0 : 1);
        client.push(Terms.copy(
                        tag.event().queue(),
                        tag.parcel().copyOf(release.delivery().id(), attempts, release.headers()))
                .highPriority());
        return end(tag);
    }

    private Settled bury(Settlement.DeadLetter letter, OkqTag tag) {
        Map<String, String> headers = new HashMap<>(letter.headers());
        headers.put(Settlement.REASON_HEADER, letter.reason());
        client.push(Terms.copy(
                Terms.deadOf(letter.delivery().queue()),
                tag.parcel().copyOf(letter.delivery().id(), letter.delivery().attempt(), headers)));
        return end(tag);
    }

    private Settled end(OkqTag tag) {
        client.ack(tag.event().queue(), tag.event().id());
        return Settled.CONFIRMED;
    }
}
