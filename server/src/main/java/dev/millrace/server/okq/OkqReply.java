// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.okq;

import dev.millrace.broker.BrokerException;
import dev.millrace.resp.ReplyWriter;
import dev.millrace.server.commands.Client;
import dev.millrace.server.commands.Refusal;
import dev.millrace.server.listening.Asked;
import dev.millrace.server.listening.Ready;
import dev.millrace.server.listening.Reply;

/** What the host answers, as okq says it. */
abstract class OkqReply<T> extends Asked<T> {
    static final Reply OK = Ready.of(out -> out.simpleString("OK"));

    static final Reply NOTHING = Ready.of(ReplyWriter::nullBulk);

    private static final String FAULT = "ERR unexpected server-side error";

    OkqReply(Client client) {
        super(client.connection());
    }

    /** The line of a failure of the broker, which clients may try again; the reason stands behind that of the original. */
    static String fault(String reason) {
        return FAULT + ": " + reason;
    }

    @Override
    protected final void writeFailure(ReplyWriter out, RuntimeException why) {
        if (why instanceof Refusal refusal) {
            out.error(refusal.line());
        } else if (why instanceof BrokerException) {
            out.error(fault(String.valueOf(why.getMessage())));
        } else {
            out.error("ERR " + why.getMessage());
        }
    }
}
