// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams;

/**
 * A message is in its stream, but not as many replicas have it as were asked for: a failover may lose it. Publishing it again
 * adds it twice.
 */
public final class NotReplicatedException extends RedisException {
    private static final long serialVersionUID = 1L;

    /** The id of the message. */
    private final String id;

    /** How many replicas have it. */
    private final long replicas;

    /**
     * Reports too few copies.
     *
     * @param id of the message
     * @param replicas how many have it
     * @param message the numbers, and what that means
     */
    public NotReplicatedException(String id, long replicas, String message) {
        super(message, null);
        this.id = id;
        this.replicas = replicas;
    }

    /**
     * The id that the message has in its stream.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * How many replicas had the message when the wait was over.
     *
     * @return 0 or more
     */
    public long replicas() {
        return replicas;
    }

    @Override
    public boolean helpsLater() {
        return true;
    }
}
