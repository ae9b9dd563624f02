// SPDX-License-Identifier: Apache-2.0
/** Messages that Vitess pushes, and the broker {@code vitess:}, through vtgate's gRPC port. */
@org.jspecify.annotations.NullMarked
module dev.millrace.vitess {
    requires transitive dev.millrace;
    requires transitive dev.millrace.sql;
    requires io.grpc;
    requires io.grpc.netty;
    requires static org.jspecify;

    exports dev.millrace.vitess;

    provides dev.millrace.broker.BrokerFactory with
            dev.millrace.vitess.broker.VitessBrokerFactory;
}
