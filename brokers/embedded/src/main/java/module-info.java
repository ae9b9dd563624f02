// SPDX-License-Identifier: Apache-2.0
/** The broker inside your program: jobs in a directory, safe from crashes, or in memory. */
@org.jspecify.annotations.NullMarked
module dev.millrace.embedded {
    requires transitive dev.millrace;
    requires static org.jspecify;

    exports dev.millrace.embedded;

    provides dev.millrace.broker.BrokerFactory with
            dev.millrace.embedded.EmbeddedBrokerFactory;
}
