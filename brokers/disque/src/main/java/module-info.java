// SPDX-License-Identifier: Apache-2.0
/** The client of Disque: every command with typed results, a pool that knows the cluster, and an asynchronous form. */
@org.jspecify.annotations.NullMarked
module dev.millrace.disque {
    requires transitive dev.millrace;
    requires static org.jspecify;
    requires dev.millrace.resp.client;
    requires redis.clients.jedis;

    exports dev.millrace.disque;
    exports dev.millrace.disque.broker;

    provides dev.millrace.broker.BrokerFactory with
            dev.millrace.disque.broker.DisqueBrokerFactory;
}
