// SPDX-License-Identifier: Apache-2.0
/** The broker {@code amqp:} on RabbitMQ. */
package dev.millrace.amqp.broker;
