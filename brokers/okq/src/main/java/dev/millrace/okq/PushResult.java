// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of an event that was pushed.
 *
 * @param id its id, chosen or made
 * @param failure why it was not stored, or why that is not known; null if it was
 */
public record PushResult(OkqName id, @Nullable OkqException failure) {
    /**
     * Whether the server has the event.
     *
     * @return true if nothing failed
     */
    public boolean isStored() {
        return failure == null;
    }

    /**
     * Whether the queue had an event with this id already; then this one was not stored.
     *
     * @return true if that is why
     */
    public boolean isDuplicate() {
        return failure instanceof DuplicateEventException;
    }

    /**
     * Why it was not stored. An {@link OkqConnectionException} says whether it may have been all the same.
     *
     * @return empty if it was stored
     */
    public Optional<OkqException> error() {
        return Optional.ofNullable(failure);
    }

    /**
     * The id, or what went wrong thrown; a duplicate too.
     *
     * @return the id of the stored event
     */
    public OkqName orThrow() {
        if (failure != null) {
            throw failure;
        }
        return id;
    }
}
