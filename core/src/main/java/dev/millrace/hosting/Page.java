// SPDX-License-Identifier: Apache-2.0
package dev.millrace.hosting;

import java.util.List;

/**
 * A part of a long listing. What is there from the beginning to the end of a listing is in it at least once; what comes
 * or goes meanwhile may be.
 *
 * @param <T> what is listed
 * @param next where the next part begins; 0 if this was the last
 * @param found what this part holds
 */
public record Page<T>(long next, List<T> found) {
    /** Keeps the list. */
    public Page {
        found = List.copyOf(found);
    }
}
