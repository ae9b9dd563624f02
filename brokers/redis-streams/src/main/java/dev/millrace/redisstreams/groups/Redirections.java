// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import dev.millrace.redisstreams.RedisServerException;

/** Whether a node of a cluster named another one: that was learned, and the command was not executed. */
final class Redirections {
    private Redirections() {}

    static boolean isOne(Throwable e) {
        return e instanceof RedisServerException refused
                && (refused.code().equals("MOVED") || refused.code().equals("ASK"));
    }
}
