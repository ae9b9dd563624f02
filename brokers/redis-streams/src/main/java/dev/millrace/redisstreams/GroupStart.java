// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams;

/** Where a consumer group begins that does not exist yet. One that exists goes on where it stands. */
public enum GroupStart {
    /** With the first message that the stream still has: nothing that was published before is lost. */
    EVERYTHING,
    /** With the first message that is published after the group was made. */
    NEW
}
