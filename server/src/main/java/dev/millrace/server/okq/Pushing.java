// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.okq;

import dev.millrace.broker.EnqueueResult;
import dev.millrace.hosting.Call;
import dev.millrace.hosting.Terms;
import dev.millrace.hosting.Terms.RetryClock;
import dev.millrace.job.Job;
import dev.millrace.job.QueueName;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Bodies;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Node;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.commands.WireNames;
import dev.millrace.server.commands.Words;
import dev.millrace.server.listening.Reply;

/*
 * One step, so what is answered with OK is there. NOBLOCK is answered the same way: a turn costs a client no more than a
 * place in the original's line did.
 */
/** {@code QLPUSH queue id body [NOBLOCK]} and {@code QRPUSH}, whose event is the next. */
final class Pushing {
    private static final Terms TERMS =
            new Terms(Popping.USUAL_LEASE_SECONDS * 1000, RetryClock.FROM_DELIVERY, Terms.NO_LIMIT, Terms.NO_LIMIT);
    private static final String DUPLICATE = "ERR duplicate event ";

    private Pushing() {}

    static Reply left(Client client, byte[][] arguments) {
        return push(client, arguments, false);
    }

    static Reply right(Client client, byte[][] arguments) {
        return push(client, arguments, true);
    }

    private static Reply push(Client client, byte[][] arguments, boolean first) {
        check(client.node());
        QueueName queue = client.queue(arguments[1]);
        byte[] body = arguments[3];
        client.node().memory().expect(body.length);
        Job job = EventIds.named(Bodies.job(queue, body), arguments[2]);
        if (WireNames.isHashed(queue)) {
            job = job.withHeader(WireNames.HEADER, WireNames.header(arguments[1]));
        }
        Pushed pushed = new Pushed(client, arguments[2]);
        return pushed.asking(new Call.Add(first ? job.atFront() : job, TERMS, pushed));
    }

    private static void check(Node node) {
        if (node.leaving()) {
            throw new Refusal(OkqReply.fault("this server takes no more events"));
        }
        if (node.memory().tight()) {
            throw new Refusal(OkqReply.fault("no memory for more events"));
        }
    }

    private static final class Pushed extends OkqReply<Call.Added> {
        private final byte[] id;

        Pushed(Client client, byte[] id) {
            super(client);
            this.id = id;
        }

        @Override
        protected void write(ReplyWriter out, Call.Added given) {
            switch (given.result()) {
                case EnqueueResult.Stored stored -> out.simpleString("OK");
                case EnqueueResult.Duplicate duplicate -> out.error(DUPLICATE + Words.raw(id));
                case EnqueueResult.Refused refused -> out.error(fault(refused.detail()));
            }
        }
    }
}
