// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.Map;

/**
 * A message as it came.
 *
 * @param queue from which queue
 * @param number the delivery tag on its channel
 * @param redelivered whether somebody has had it before, perhaps
 * @param properties what travels beside the body
 * @param body the bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares messages.
record Message(String queue, long number, boolean redelivered, BasicProperties properties, byte[] body) {
    Map<String, Object> headers() {
        Map<String, Object> headers = properties.getHeaders();
        return headers == null ? Map.of() : headers;
    }
}
