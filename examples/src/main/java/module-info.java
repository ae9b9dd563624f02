// SPDX-License-Identifier: Apache-2.0
/** Programs to begin with. */
@org.jspecify.annotations.NullMarked
module dev.millrace.examples {
    requires com.zaxxer.hikari;
    requires dev.millrace;
    requires dev.millrace.amqp;
    requires dev.millrace.disque;
    requires dev.millrace.jackson;
    requires dev.millrace.okq;
    requires dev.millrace.sql;
    requires dev.millrace.vitess;
    requires dev.millrace.redisstreams;
    requires spring.jdbc;
    requires spring.tx;
    requires static org.jspecify;

    opens dev.millrace.examples to
            tools.jackson.databind;
}
