// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.broker;

import dev.millrace.broker.Capabilities;
import dev.millrace.broker.Settled;
import dev.millrace.broker.Settlement;
import dev.millrace.okq.OkqClient;

/*
 * For queues that consumers of others read too: they would take the envelope of a copy for contents. A server without REDO
 * keeps the event until its lease has ended.
 */
final class AsItIs implements Returning {
    private final OkqClient client;

    AsItIs(OkqClient client) {
        this.client = client;
    }

    @Override
    public Capabilities capabilities() {
        return Terms.AS_IT_IS;
    }

    @Override
    public Settled release(Settlement.Release release, OkqTag tag) {
        if (!client.supportsRedo()) {
            return Settled.SENT;
        }
        boolean known = tag.receiver().redo(tag.event());
        return known ? Settled.CONFIRMED : Settled.LOST;
    }

    @Override
    public Settled bury(Settlement.DeadLetter letter, OkqTag tag) {
        throw new IllegalStateException("refused before");
    }
}
