// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.okq;

import dev.millrace.hosting.Call;
import dev.millrace.hosting.Ending;
import dev.millrace.hosting.Verb;
import dev.millrace.job.QueueName;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Ids;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Reply;

/**
 * {@code QACK queue id [REDO]}: the event has been done, in whatever state it is; or it is to be the next again, if somebody has
 * it.
 */
final class Acknowledging {
    private static final Verb ACK = new Verb.End(Ending.ACKED);
    private static final Verb REDO = new Verb.PutBack();

    private Acknowledging() {}

    static Reply begin(Client client, byte[][] arguments) {
        QueueName queue = client.queue(arguments[1]);
        byte[] id = arguments[2];
        boolean redo = arguments.length > 3 && Words.is(arguments[3], "redo");
        Changed changed = new Changed(client);
        return changed.asking(
                new Call.ChangeChosen(redo ? REDO : ACK, queue, EventIds.job(queue, id), number(client, id), changed));
    }

    /** The job that clients of Disque call so. */
    private static long number(Client client, byte[] id) {
        if (id.length < 2 || id[0] != 'D' || id[1] != '-') {
            return Ids.UNKNOWN;
        }
        try {
            return client.node().ids().number(id);
        } catch (Refusal noIdOfDisque) {
            return Ids.UNKNOWN;
        }
    }

    private static final class Changed extends OkqReply<Integer> {
        Changed(Client client) {
            super(client);
        }

        @Override
        protected void write(ReplyWriter out, Integer changed) {
            out.integer(changed);
        }
    }
}
