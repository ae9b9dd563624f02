// SPDX-License-Identifier: Apache-2.0
/** Every figure that Millrace promises, measured beside a yardstick in the same run. */
@org.jspecify.annotations.NullMarked
module dev.millrace.benchmarks {
    requires dev.millrace;
    requires dev.millrace.disque;
    requires dev.millrace.embedded;
    requires dev.millrace.okq;
    requires dev.millrace.redisstreams;
    requires dev.millrace.resp;
    requires java.management;
    requires java.sql;
    requires jmh.core;
    requires org.xerial.sqlitejdbc;
    requires redis.clients.jedis;
    requires rocksdbjni;
    requires static org.jspecify;
}
