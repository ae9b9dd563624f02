// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import dev.millrace.broker.BrokerException;
import dev.millrace.redisstreams.RedisException;
import dev.millrace.redisstreams.RedisServerException;

/** Says what the client says in the words of brokers. */
final class Failures {
    private Failures() {}

    static BrokerException of(RedisException e) {
        return BrokerException.of(e, e.helpsLater());
    }

    /** Whether the group is gone, or the stream with all its groups. */
    static boolean isGone(Throwable e) {
        return e instanceof RedisServerException refused
                && (refused.code().equals("NOGROUP") || refused.code().equals("UNBLOCKED"));
    }
}
