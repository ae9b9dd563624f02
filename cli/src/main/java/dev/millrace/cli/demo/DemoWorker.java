// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import java.io.IOException;
import java.util.Optional;

/** A worker of the demonstration, seen by the one who started it. */
interface DemoWorker extends AutoCloseable {
    /** Waits a moment; returns true when the work is over. */
    boolean awaitEnd() throws InterruptedException;

    /** Lets it finish what it has in hand, and end. */
    void finish() throws IOException;

    /** Ends it in the middle of its work, without a word. */
    void kill() throws InterruptedException;

    /** What went wrong, once it is over and was not killed; empty if nothing did. */
    Optional<String> complaint() throws IOException;

    /** Its process, for people; empty if it is this one. */
    Optional<Long> pid();

    @Override
    void close();
}
