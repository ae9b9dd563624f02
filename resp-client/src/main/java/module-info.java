// SPDX-License-Identifier: Apache-2.0
/** Connections to servers that speak RESP2, on those of Jedis: for the native clients, which say what is spoken. */
@org.jspecify.annotations.NullMarked
@SuppressWarnings({"module", "requires-transitive-automatic"}) // The clients are built later; Jedis has no module-info.
module dev.millrace.resp.client {
    requires static transitive org.jspecify;
    requires transitive redis.clients.jedis;

    exports dev.millrace.resp.client to
            dev.millrace.disque,
            dev.millrace.okq,
            dev.millrace.redisstreams;
}
