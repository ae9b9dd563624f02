// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

/**
 * For how long an entry is to count as idle.
 *
 * @param id of the entry
 * @param idleMillis 0 to keep it; the pending timeout to let others have it
 * @param count how often it was delivered; {@link #AS_IT_IS} changes nothing
 */
record Keeping(String id, long idleMillis, int count) {
    static final int AS_IT_IS = -1;

    static Keeping fresh(String id) {
        return new Keeping(id, 0, AS_IT_IS);
    }
}
