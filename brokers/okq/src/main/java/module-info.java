// SPDX-License-Identifier: Apache-2.0
/** The client of okq, a consumer on it, and the broker {@code okq:}. */
@org.jspecify.annotations.NullMarked
module dev.millrace.okq {
    requires transitive dev.millrace;
    requires static org.jspecify;
    requires dev.millrace.resp.client;
    requires redis.clients.jedis;

    exports dev.millrace.okq;
    exports dev.millrace.okq.broker;
    exports dev.millrace.okq.consumer;

    provides dev.millrace.broker.BrokerFactory with
            dev.millrace.okq.broker.OkqBrokerFactory;
}
