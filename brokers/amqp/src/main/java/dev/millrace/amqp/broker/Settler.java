// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import dev.millrace.amqp.AmqpException;
import dev.millrace.amqp.link.Publication;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.broker.Settlement.Ack;
import dev.millrace.broker.Settlement.Cause;
import dev.millrace.broker.Settlement.DeadLetter;
import dev.millrace.broker.Settlement.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/*
 * What comes again, and what is put aside, is a copy; when the server has it, the message itself is acknowledged. Whoever dies
 * in between leaves both. Nothing is acknowledged before all copies of the list are confirmed: then settling it again is
 * harmless.
 */
/** Tells the server what became of deliveries. Thread-safe. */
final class Settler {
    private final Site site;

    Settler(Site site) {
        this.site = site;
    }

    List<Settled> settle(List<Settlement> settlements) {
        Settled[] answers = new Settled[settlements.size()];
        Arrays.fill(answers, Settled.LOST);
        Map<Session, List<Integer>> claimed = new LinkedHashMap<>();
        List<Publication> copies = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            AmqpTag tag = tag(settlements.get(i));
            if (tag.session().claim(tag.message().number())) {
                claimed.computeIfAbsent(tag.session(), session -> new ArrayList<>())
                        .add(i);
            }
        }
        try {
            for (List<Integer> indexes : claimed.values()) {
                indexes.forEach(i -> copy(settlements.get(i), copies));
            }
            site.publish(copies);
        } catch (AmqpException e) {
            claimed.forEach((session, indexes) -> session.stock().unclaim(numbers(settlements, indexes)));
            throw e;
        }
        claimed.forEach((session, indexes) -> {
            Settled answer = session.acknowledge(numbers(settlements, indexes)) ? Settled.SENT : Settled.LOST;
            indexes.forEach(i -> answers[i] = answer);
        });
        return List.of(answers);
    }

    private static AmqpTag tag(Settlement settlement) {
        return (AmqpTag) settlement.delivery().tag();
    }

    private static List<Long> numbers(List<Settlement> settlements, List<Integer> indexes) {
        return indexes.stream()
                .map(i -> tag(settlements.get(i)).message().number())
                .toList();
    }

    private void copy(Settlement settlement, List<Publication> copies) {
        Message message = tag(settlement).message();
        int attempt = settlement.delivery().attempt();
        switch (settlement) {
            case Ack ack -> {}
            case Release release -> {
                int failed = release.cause() == Cause.FAILED ? attempt : attempt - 1;
                copies.add(again(message, release.delay(), release.headers(), failed));
            }
            case DeadLetter dead -> {
                Map<String, String> headers = new HashMap<>(dead.headers());
                headers.put(Settlement.REASON_HEADER, dead.reason());
                String queue = Terms.deadOf(message.queue());
                site.queues().ensure(queue);
                copies.add(new Publication("", queue, Marks.lasting(message, headers, attempt), message.body()));
            }
        }
    }

    private Publication again(Message message, Duration delay, Map<String, String> headers, int failed) {
        var properties = Marks.again(message, headers, failed);
        return delay.isZero()
                ? new Publication("", message.queue(), properties, message.body())
                : site.waiting(message.queue(), delay, properties, message.body());
    }
}
