// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.publisher;

import dev.millrace.redisstreams.RedisException;
import java.util.Optional;

/**
 * What became of one message of several. Immutable and thread-safe.
 *
 * @param id its id, if it was published
 * @param error why it was not, or is not known to be
 */
public record PublishResult(Optional<String> id, Optional<RedisException> error) {
    static PublishResult published(String id) {
        return new PublishResult(Optional.of(id), Optional.empty());
    }

    static PublishResult failed(RedisException error) {
        return new PublishResult(Optional.empty(), Optional.of(error));
    }

    /**
     * The id of a message that was published.
     *
     * @return the id
     * @throws RedisException if it was not
     */
    public String orThrow() {
        return id.orElseThrow(() -> error.orElseThrow());
    }
}
