// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.broker;

import dev.millrace.broker.Tag;

/**
 * What a delivery is to Redis.
 *
 * @param receiver who received it
 * @param delivery the entry in the stream, and how often it was delivered by then
 * @param number tells it from every other of the receiver; 0 if it had ended before it was handed out
 */
record RedisTag(RedisReceiver receiver, String delivery, long number) implements Tag {
    static final long AT_MOST_ONCE = 0;
}
