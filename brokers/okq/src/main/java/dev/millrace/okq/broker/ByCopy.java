// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.okq.OkqClient;
import java.util.HashMap;
import java.util.Map;

/*
 * okq counts no attempts, and an event cannot be changed. So a job that failed is pushed again as another event, which says how
 * often it was tried, and then its event is acknowledged: whoever dies in between leaves two, never none. What was not tried
 * goes back as it is, if the server knows how.
 */
final class ByCopy implements Returning {
    private final OkqClient client;

    ByCopy(OkqClient client) {
        this.client = client;
    }

    @Override
    public Capabilities capabilities() {
        return Terms.CAPABILITIES;
    }

    @Override
    public Settled release(Settlement.Release release, OkqTag tag) {
        boolean counts = release.cause() == Settlement.Cause.FAILED;
        if (!counts && release.headers().isEmpty() && client.supportsRedo()) {
            boolean known = tag.receiver().redo(tag.event());
            return known ? Settled.CONFIRMED : Settled.LOST;
        }
        int attempts = release.delivery().attempt() - (counts ? 0 : 1);
        client.push(Terms.copy(
                        tag.event().queue(),
                        tag.parcel().copyOf(release.delivery().id(), attempts, release.headers()))
                .highPriority());
        return end(tag);
    }

    @Override
    public Settled bury(Settlement.DeadLetter letter, OkqTag tag) {
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
