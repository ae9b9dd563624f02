// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import dev.millrace.MillraceException;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that the client of Disque throws on purpose: what the server refused ({@link
 * DisqueServerException}), what became of the connection ({@link DisqueConnectionException}), and replies that it does
 * not understand ({@link DisqueProtocolException}). Arguments that no server would take are {@link
 * IllegalArgumentException}s, thrown before anything is sent.
 */
public abstract class DisqueException extends MillraceException {
    private static final long serialVersionUID = 1L;

    DisqueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Whether the same command may succeed on another node now.
     *
     * @return true if trying elsewhere makes sense
     */
    public abstract boolean helpsElsewhere();

    /**
     * Whether the same command may succeed on the same node later.
     *
     * @return true if trying later makes sense
     */
    public abstract boolean helpsLater();
}
