// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

/**
 * A node as another one, or itself, describes it.
 *
 * @param id 40 hex digits; job ids begin with the first eight of them
 * @param address where it listens; a node that never met another does not know its own, then it is the address at which it
 *     was asked
 * @param priority the lower the better: 1 fine, 5 no connection to it, 10 suspected, 100 failed or leaving
 */
public record HelloNode(String id, NodeAddress address, int priority) {
    /** The length of the part that job ids begin with. */
    static final int PREFIX_LENGTH = 8;

    /**
     * What the ids of jobs that it creates have as their {@link DisqueJobId#nodePrefix()}.
     *
     * @return 8 hex digits
     */
    public String prefix() {
        return id.substring(0, Math.min(PREFIX_LENGTH, id.length()));
    }
}
