// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import dev.millrace.broker.Tag;

/**
 * Where a delivery came from.
 *
 * @param receiver whose it is
 * @param session on which of its channels it came; on another one its number means nothing
 * @param message the message
 */
record AmqpTag(AmqpReceiver receiver, Session session, Message message) implements Tag {}
