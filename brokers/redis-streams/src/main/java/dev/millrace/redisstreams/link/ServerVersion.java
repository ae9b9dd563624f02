// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.link;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Redis a server is, or which one it says that it can do the same as.
 *
 * @param major the first number
 * @param minor the second number
 */
public record ServerVersion(int major, int minor) {
    /** One that does not say. */
    static final ServerVersion UNKNOWN = new ServerVersion(0, 0);

    private static final Pattern LINE = Pattern.compile("^redis_version:(\\d{1,5})\\.(\\d{1,5})", Pattern.MULTILINE);

    /** What INFO says. */
    static ServerVersion of(String info) {
        Matcher line = LINE.matcher(info);
        return line.find()
                ? new ServerVersion(Integer.parseInt(line.group(1)), Integer.parseInt(line.group(2)))
                : UNKNOWN;
    }

    /**
     * Whether it has what a version brought.
     *
     * @param since the first number of that version
     * @param sinceMinor its second number
     * @return false if it is older, or does not say what it is
     */
    public boolean isAtLeast(int since, int sinceMinor) {
        return major > since || (major == since && minor >= sinceMinor);
    }
}
