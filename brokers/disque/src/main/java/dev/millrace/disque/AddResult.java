// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of one of many jobs that were added together: its id, or its own error. Immutable. */
public final class AddResult {
    private final @Nullable DisqueJobId id;
    private final @Nullable DisqueException error;

    private AddResult(@Nullable DisqueJobId id, @Nullable DisqueException error) {
        this.id = id;
        this.error = error;
    }

    static AddResult added(DisqueJobId id) {
        return new AddResult(id, null);
    }

    static AddResult failed(DisqueException error) {
        return new AddResult(null, error);
    }

    /**
     * Whether the server has the job.
     *
     * @return true if there is an id
     */
    public boolean isAdded() {
        return id != null;
    }

    /**
     * The id of the job.
     *
     * @return empty if there is an error
     */
    public Optional<DisqueJobId> id() {
        return Optional.ofNullable(id);
    }

    /**
     * Why the job was not added. A {@link DisqueConnectionException} says whether it may have been all the same.
     *
     * @return empty if there is an id
     */
    public Optional<DisqueException> error() {
        return Optional.ofNullable(error);
    }

    /**
     * The id of the job, or its error thrown.
     *
     * @return the id
     */
    public DisqueJobId orThrow() {
        if (id != null) {
            return id;
        }
        throw error == null ? new IllegalStateException("neither id nor error") : error;
    }

    @Override
    public String toString() {
        return id != null ? "AddResult[" + id + "]" : "AddResult[" + error + "]";
    }
}
