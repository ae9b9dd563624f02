// SPDX-License-Identifier: Apache-2.0
/** The nouns of Millrace and the runtime that joins them; depends on the JDK and nothing else. */
@org.jspecify.annotations.NullMarked
module dev.millrace {
    requires static transitive org.jspecify;

    exports dev.millrace;
    exports dev.millrace.job;
    exports dev.millrace.broker;
    exports dev.millrace.hosting;
    exports dev.millrace.producer;
    exports dev.millrace.worker;

    uses dev.millrace.broker.BrokerFactory;
}
