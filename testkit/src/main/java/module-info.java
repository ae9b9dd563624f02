// SPDX-License-Identifier: Apache-2.0
/** Time by hand for people who test their jobs, and the contract that every broker must keep. */
@org.jspecify.annotations.NullMarked
module dev.millrace.testkit {
    requires static transitive org.jspecify;
    requires transitive dev.millrace;
    requires transitive dev.millrace.checker;
    requires transitive java.sql;
    requires transitive org.junit.jupiter.api;
    requires org.junit.jupiter.params;
    requires org.assertj.core;
    requires net.jqwik.api;
    requires org.junit.platform.launcher;

    exports dev.millrace.testkit;
    exports dev.millrace.testkit.broken;
    exports dev.millrace.testkit.conformance;
    exports dev.millrace.testkit.conformance.transaction;
    exports dev.millrace.testkit.conformance.worker;
    exports dev.millrace.testkit.servers;
    exports dev.millrace.testkit.traffic;

    opens dev.millrace.testkit.conformance;
    opens dev.millrace.testkit.conformance.transaction;
    opens dev.millrace.testkit.conformance.worker;
    opens dev.millrace.testkit.traffic;

    provides dev.millrace.broker.BrokerFactory with
            dev.millrace.testkit.broken.BrokenBrokerFactory;
}
