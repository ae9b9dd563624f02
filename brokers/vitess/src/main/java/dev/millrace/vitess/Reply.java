// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import io.grpc.Status;
import java.nio.ByteBuffer;

/*
 *   ExecuteResponse   1 error   2 session   3 result
 */
/** What vtgate answered to a statement, if it did. Not changed by anybody. */
final class Reply {
    private final Status status;
    private final boolean answered;
    private final byte[] session;
    private final QueryResult result;

    private Reply(Status status, boolean answered, byte[] session, QueryResult result) {
        this.status = status;
        this.answered = answered;
        this.session = session;
        this.result = result;
    }

    /** What went wrong, or OK. */
    Status status() {
        return status;
    }

    /** Whether vtgate said so, and not the way to it. */
    boolean answered() {
        return answered;
    }

    /** To be sent with the next statement, as it is; empty if vtgate told none. */
    byte[] session() {
        return session;
    }

    /** Empty if something went wrong. */
    QueryResult result() {
        return result;
    }

    static Reply lost(Status status) {
        return new Reply(status, false, new byte[0], QueryResult.NOTHING);
    }

    static Reply read(byte[] bytes) {
        ProtoReader in = new ProtoReader(ByteBuffer.wrap(bytes));
        Status status = Status.OK;
        byte[] session = new byte[0];
        QueryResult result = QueryResult.NOTHING;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> status = Failures.read(in.message());
                case 2 -> {
                    ByteBuffer said = in.bytes();
                    session = new byte[said.remaining()];
                    said.get(session);
                }
                case 3 -> result = QueryResult.read(in.message());
                default -> {}
            }
        }
        return new Reply(status, true, session, result);
    }
}
