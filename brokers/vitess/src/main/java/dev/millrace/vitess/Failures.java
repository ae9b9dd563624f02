// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import io.grpc.Status;
import java.util.Set;

/*
 * Vitess has codes of its own beyond those of gRPC; below 17 they are the same. FAILED_PRECONDITION is also what a tablet says that
 * just became no primary any more, so the words must be looked at.
 */
/** Says what the refusals of vtgate mean. */
final class Failures {
    private static final Set<Status.Code> LASTING = Set.of(
            Status.Code.INVALID_ARGUMENT,
            Status.Code.PERMISSION_DENIED,
            Status.Code.UNAUTHENTICATED,
            Status.Code.UNIMPLEMENTED,
            Status.Code.OUT_OF_RANGE);
    private static final String PLAIN_TABLE = "is not a message table";
    private static final String UNKNOWN_TABLE = "not found in schema";

    private Failures() {}

    static VitessException of(VitessAddress address, String doing, Status status) {
        String said = String.valueOf(status.getDescription());
        String advice = "";
        if (said.contains(PLAIN_TABLE)) {
            advice = "; give the table the comment vitess_message with its options, and reload the schema";
        } else if (said.contains(UNKNOWN_TABLE)) {
            advice = "; if it was just made, reload the schema of the keyspace";
        } else if (status.getCode() == Status.Code.UNIMPLEMENTED) {
            advice = "; is this vtgate's gRPC port?";
        }
        return new VitessException(
                !isLasting(status, said),
                address + " " + doing + ": " + status.getCode() + " " + said + advice,
                status.asRuntimeException());
    }

    /** What vtgate answers instead of a result: 2 message, 3 code. */
    static Status read(ProtoReader in) {
        String message = "";
        long code = Status.Code.UNKNOWN.value();
        while (in.next()) {
            switch (in.field()) {
                case 2 -> message = in.text();
                case 3 -> code = in.number();
                default -> {}
            }
        }
        return Status.fromCodeValue((int) code).withDescription(message);
    }

    /** Whether asking again later makes no sense. */
    static boolean isLasting(Status status) {
        return isLasting(status, String.valueOf(status.getDescription()));
    }

    private static boolean isLasting(Status status, String said) {
        return LASTING.contains(status.getCode())
                || (status.getCode() == Status.Code.FAILED_PRECONDITION && said.contains(PLAIN_TABLE));
    }
}
