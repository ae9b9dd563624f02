// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams;

import java.util.Set;

/** The server refused a command; it was not executed. The message is the server's own. */
public final class RedisServerException extends RedisException {
    private static final long serialVersionUID = 1L;

    /** Errors of a server that starts, moves or fails over. */
    private static final Set<String> PASSING = Set.of(
            "LOADING",
            "READONLY",
            "MASTERDOWN",
            "CLUSTERDOWN",
            "TRYAGAIN",
            "MOVED",
            "ASK",
            "BUSY",
            "OOM",
            "NOREPLICAS",
            "UNBLOCKED");

    /**
     * Reports an error.
     *
     * @param message as the server said it, without the sign in front
     */
    public RedisServerException(String message) {
        super(message, null);
    }

    /**
     * What kind of error this is.
     *
     * @return the first word of the message, such as {@code ERR}, {@code WRONGTYPE} or {@code NOGROUP}
     */
    public String code() {
        String message = String.valueOf(getMessage());
        int space = message.indexOf(' ');
        return space < 0 ? message : message.substring(0, space);
    }

    /** True while a server starts, is full, or leaves its place to another. */
    @Override
    public boolean helpsLater() {
        return PASSING.contains(code());
    }
}
