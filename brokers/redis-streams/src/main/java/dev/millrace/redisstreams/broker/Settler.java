// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.broker.InFlight;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.job.QueueName;
import dev.millrace.resp.client.Batch.Reply;
import dev.millrace.resp.client.Replies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says to Redis what became of deliveries: those of one queue and one kind together. */
final class Settler {
    private static final int MOST_AT_ONCE = 500;

    private final Site site;
    private final InFlight flights;

    Settler(Site site, InFlight flights) {
        this.site = site;
        this.flights = flights;
    }

    /** Settlements that go into one step, by their places among all. */
    private static final class Group {
        private final Step<List<Long>> step;
        private final List<Integer> places = new ArrayList<>();

        Group(Step<List<Long>> step) {
            this.step = step;
        }
    }

    private record Kind(QueueName queue, Script script) {}

    List<Settled> settle(List<Settlement> settlements) {
        @Nullable Settled[] answers = new Settled[settlements.size()];
        List<Group> groups = groups(settlements, answers);
        if (!groups.isEmpty()) {
            take(groups, settlements, answers);
        }
        @SuppressWarnings("NullAway") // Every place has been answered.
        List<Settled> all = Arrays.asList(answers);
        return all;
    }

    private List<Group> groups(List<Settlement> settlements, @Nullable Settled[] answers) {
        Map<Kind, Group> open = new LinkedHashMap<>();
        List<Group> all = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            Settlement settlement = settlements.get(i);
            if (tag(settlement).number() == RedisTag.AT_MOST_ONCE) {
                answers[i] = settlement instanceof Settlement.Ack ? Settled.CONFIRMED : Settled.LOST;
                continue;
            }
            Kind kind = new Kind(settlement.delivery().queue(), script(settlement));
            Group group = open.get(kind);
            if (group == null || group.places.size() == MOST_AT_ONCE) {
                group = new Group(site.step(
                        kind.script(), kind.queue(), (reply, server) -> Replies.list(reply, Replies::number)));
                open.put(kind, group);
                all.add(group);
            }
            write(settlement, group.step);
            group.places.add(i);
        }
        return all;
    }

    private static RedisTag tag(Settlement settlement) {
        return (RedisTag) settlement.delivery().tag();
    }

    private static Script script(Settlement settlement) {
        return switch (settlement) {
            case Settlement.Ack ack -> Script.ACK;
            case Settlement.Release release -> Script.RELEASE;
            case Settlement.DeadLetter letter -> Script.BURY;
        };
    }

    private static void write(Settlement settlement, Step<?> step) {
        RedisTag tag = tag(settlement);
        step.add(tag.delivery());
        switch (settlement) {
            case Settlement.Ack ack -> {}
            case Settlement.Release release -> {
                step.add(Sending.millis(release.delay())).add(release.cause() == Cause.NOT_TRIED ? 0 : 1);
                if (release.headers().isEmpty()) {
                    step.add(-1);
                } else {
                    Fields.addCounted(merged(settlement, release.headers()), step);
                }
            }
            case Settlement.DeadLetter letter -> {
                step.add(letter.delivery().attempt()).add(letter.reason());
                Fields.addCounted(merged(settlement, letter.headers()), step);
            }
        }
    }

    private static Map<String, String> merged(Settlement settlement, Map<String, String> more) {
        Map<String, String> headers = new HashMap<>(settlement.delivery().headers());
        headers.putAll(more);
        headers.remove(Settlement.REASON_HEADER);
        return headers;
    }

    private void take(List<Group> groups, List<Settlement> settlements, @Nullable Settled[] answers) {
        List<Reply<List<Long>>> replies =
                site.runAll(groups.stream().map(group -> group.step).toList());
        RuntimeException failed = null;
        for (int i = 0; i < replies.size(); i++) {
            RuntimeException error = replies.get(i).error();
            if (error != null) {
                failed = error;
                continue;
            }
            List<Long> said = replies.get(i).orThrow();
            List<Integer> places = groups.get(i).places;
            for (int j = 0; j < places.size(); j++) {
                answers[places.get(j)] = said.get(j) == 1 ? Settled.CONFIRMED : Settled.LOST;
                flights.end(tag(settlements.get(places.get(j))).number());
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
