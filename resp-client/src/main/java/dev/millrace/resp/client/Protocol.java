// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client speaks over its connections, and how it reports what went wrong there. Immutable and thread-safe. */
public interface Protocol {
    /** How a connection ended. */
    enum Loss {
        /** It could not be made, or broke, or was closed. */
        BROKEN,
        /** A reply did not come in time. */
        TIMED_OUT,
        /** The thread that waited was interrupted, and stays so. */
        INTERRUPTED
    }

    /**
     * The name of the protocol, for threads.
     *
     * @return a word in small letters
     */
    String name();

    /**
     * What is said first on each new connection.
     *
     * @return commands; each must be answered without an error
     */
    List<Command<?>> greeting();

    /**
     * A command that shows whether an unused connection is alive; an error is an answer too.
     *
     * @return the command
     */
    Command<?> ping();

    /**
     * Reports a connection that ended.
     *
     * @param loss how
     * @param sent whether the command may have been executed
     * @param message for people
     * @param cause what was seen, if anything
     * @return what is thrown
     */
    RuntimeException lost(Loss loss, boolean sent, String message, @Nullable Throwable cause);

    /**
     * Whether this is what {@link #lost} reports.
     *
     * @param error what was thrown
     * @return true if a connection ended, or was not to be had
     */
    boolean isLoss(RuntimeException error);

    /**
     * Reports an error that the server replied.
     *
     * @param message the error, without its sign
     * @return what is thrown
     */
    RuntimeException refused(String message);

    /**
     * Reports a reply that is not what the protocol says.
     *
     * @param error which
     * @return what is thrown
     */
    RuntimeException unexpected(UnexpectedReplyException error);
}
