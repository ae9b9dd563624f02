// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq.consumer;

import dev.millrace.okq.OkqEvent;
import java.util.Optional;

/**
 * Something that went wrong in a consumer, which goes on all the same. Immutable.
 *
 * @param kind what
 * @param event with which event, without its contents; empty if it is no matter of one
 * @param error what was thrown, if anything
 */
public record Trouble(Kind kind, Optional<OkqEvent> event, Optional<Throwable> error) {
    /** Kinds of trouble. */
    public enum Kind {
        /** A callback threw; its event comes again, unless it was taken at most once. */
        CALLBACK,
        /**
         * A lease ended before the event was done, and its callback, if it still ran, was interrupted: another consumer may
         * have the event, or had it.
         */
        LEASE_ENDED,
        /** The server could not be reached, or refused; it is tried again after a pause that grows. */
        SERVER,
        /** The server could not be told that events are done; they may come again. */
        NOT_ACKNOWLEDGED
    }
}
