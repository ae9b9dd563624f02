// SPDX-License-Identifier: Apache-2.0
/** Connections to RabbitMQ, and publishing with confirms; knows no jobs and no tasks. Not exported. */
package dev.millrace.amqp.link;
