// SPDX-License-Identifier: Apache-2.0
/** Publisher and consumer on Redis Streams, and the broker {@code redis:}. */
@org.jspecify.annotations.NullMarked
module dev.millrace.redisstreams {
    requires transitive dev.millrace;
    requires static org.jspecify;
    requires dev.millrace.resp.client;
    requires redis.clients.jedis;

    exports dev.millrace.redisstreams;
    exports dev.millrace.redisstreams.broker;
    exports dev.millrace.redisstreams.consumer;
    exports dev.millrace.redisstreams.publisher;

    provides dev.millrace.broker.BrokerFactory with
            dev.millrace.redisstreams.broker.RedisBrokerFactory;
}
