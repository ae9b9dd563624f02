// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.Parcel;
import dev.millrace.broker.Settlement;
import dev.millrace.job.QueueName;
import dev.millrace.okq.OkqClient;
import dev.millrace.okq.OkqEvent;
import dev.millrace.okq.OkqName;
import dev.millrace.okq.OkqSubscription;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What people do with queues. QFLUSH would take events from consumers too, so a purge takes them one by one. */
final class Housework {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int AT_ONCE = 256;

    private final OkqClient client;

    Housework(Site site) {
        this.client = site.client();
    }

    long purge(OkqName queue) {
        try (OkqSubscription events = client.subscribe(List.of(queue))) {
            long all = 0;
            int some;
            do {
                events.promiseAll();
                some = events.pop(AT_ONCE, Duration.ZERO).size();
                all += some;
            } while (some > 0);
            return all;
        }
    }

    long redrive(QueueName queue, int max) {
        long all = 0;
        while (all < max) {
            OkqEvent letter = client.pop(Terms.deadOf(queue), LEASE).orElse(null);
            if (letter == null) {
                break;
            }
            Parcel parcel = Parcel.open(letter.contents());
            Map<String, String> headers = new HashMap<>(parcel.headers());
            headers.remove(Settlement.REASON_HEADER);
            client.push(Terms.copy(Terms.name(queue), new Parcel(headers, parcel.payload(), parcel.firstId(), 0)));
            client.ack(letter.queue(), letter.id());
            all++;
        }
        return all;
    }
}
