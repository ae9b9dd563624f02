// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import io.grpc.Status;
import java.nio.ByteBuffer;

/*
 *   ExecuteResponse   1 error   2 session   3 result
 */
/**
 * What vtgate answered to a statement, if it did.
 *
 * @param status what went wrong, or OK
 * @param answered whether vtgate said so, and not the way to it
 * @param session to be sent with the next statement, as it is; empty if vtgate told none
 * @param result empty if something went wrong
 */
record Reply(Status status, boolean answered, byte[] session, QueryResult result) {
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
