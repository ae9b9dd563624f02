// SPDX-License-Identifier: Apache-2.0
/** The dispatcher, a task queue over AMQP 0-9-1, and the broker {@code amqp:} on RabbitMQ. */
@org.jspecify.annotations.NullMarked
module dev.millrace.amqp {
    requires transitive dev.millrace;
    requires static org.jspecify;
    requires com.rabbitmq.client;
    requires tools.jackson.core;

    exports dev.millrace.amqp;
    exports dev.millrace.amqp.broker;
    exports dev.millrace.amqp.dispatcher;

    provides dev.millrace.broker.BrokerFactory with
            dev.millrace.amqp.broker.AmqpBrokerFactory;
}
