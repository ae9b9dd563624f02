// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

import org.jspecify.annotations.Nullable;

/** A request that was understood far enough to know when it is its turn. */
public interface Request {
    /**
     * When it is done.
     *
     * @return the phase
     */
    Phase phase();

    /**
     * Begins it; called once, on the loop.
     *
     * @return what will be answered, or null if nothing will
     */
    @Nullable
    Reply begin();
}
