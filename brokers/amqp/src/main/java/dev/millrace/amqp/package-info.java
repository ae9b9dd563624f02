// SPDX-License-Identifier: Apache-2.0
/** How to reach RabbitMQ, and what can go wrong there: shared by the dispatcher and the broker. */
package dev.millrace.amqp;
