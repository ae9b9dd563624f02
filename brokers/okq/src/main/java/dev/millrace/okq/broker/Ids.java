// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.Parcel;
import dev.millrace.job.JobId;
import dev.millrace.okq.OkqName;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/*
 *   millrace/42                                   the id of an event, where it can be that of a job
 *   okq-d41d8cd9-8f00-3204-a980-0998ecf8427e      made from its bytes, where it cannot: nothing, spaces at its ends, no UTF-8 …
 */
/** Ids of jobs that are events, whoever pushed them: what cannot be told as it is must not stop whoever receives it. */
final class Ids {
    private Ids() {}

    /** That of the job's first event. */
    static JobId of(OkqName event, Parcel parcel) {
        return parcel.firstId()
                .or(() -> asItIs(event))
                .orElseGet(() -> new JobId("okq-" + UUID.nameUUIDFromBytes(event.bytes())));
    }

    /** A parcel whose headers have the id of the event where that of the job does not tell it; nobody else may say that. */
    static Parcel told(OkqName event, Parcel parcel) {
        if (parcel.firstId().isPresent()) {
            return parcel;
        }
        Map<String, String> headers = new HashMap<>(parcel.headers());
        if (asItIs(event).isPresent()) {
            headers.remove(OkqBroker.EVENT_ID_HEADER);
        } else {
            headers.put(OkqBroker.EVENT_ID_HEADER, Base64.getEncoder().encodeToString(event.bytes()));
        }
        return new Parcel(headers, parcel.payload(), parcel.firstId(), parcel.attempts());
    }

    private static Optional<JobId> asItIs(OkqName event) {
        String text = event.text();
        try {
            return OkqName.of(text).equals(event) ? Optional.of(new JobId(text)) : Optional.empty();
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }
}
