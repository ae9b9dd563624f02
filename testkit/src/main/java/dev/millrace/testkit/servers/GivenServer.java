// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Tests against servers that cannot be installed everywhere: they run where the environment names such a server. Elsewhere there
 * are none, which is said and is no test that passed. Thread-safe.
 */
public final class GivenServer {
    private static final Logger LOG = System.getLogger(GivenServer.class.getName());

    private GivenServer() {}

    /**
     * The tests against a server, if there is one.
     *
     * @param given the server, if the environment names it
     * @param what the tests, in a few words, for who reads that they were not run
     * @param how how to name one
     * @param tests the tests against it
     * @param <S> what is known of the server
     * @return the tests; empty without a server
     */
    public static <S> Stream<DynamicTest> tests(
            Optional<S> given, String what, String how, Function<S, Stream<DynamicTest>> tests) {
        if (given.isEmpty()) {
            notRun(what, how);
        }
        return given.stream().flatMap(tests);
    }

    /**
     * Says that tests were not run, in a line of the log that {@code ./verify} repeats at its end.
     *
     * @param what the tests, in a few words
     * @param how what would let them run
     */
    public static void notRun(String what, String how) {
        LOG.log(Level.INFO, "not run: {0} ({1})", what, how);
    }
}
