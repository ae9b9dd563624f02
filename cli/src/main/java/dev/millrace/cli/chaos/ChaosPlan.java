// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.chaos;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What is done to a broker. Immutable.
 *
 * @param url the broker
 * @param queue a queue that nobody else uses
 * @param evidence an empty folder for diaries and logs
 * @param time for how long jobs are sent
 * @param crew who sends and who works
 * @param mischief what goes wrong
 */
public record ChaosPlan(String url, String queue, Path evidence, Duration time, Crew crew, Mischief mischief) {
    /**
     * Who sends and who works, each in a process of its own.
     *
     * @param producers how many send; 1 or more
     * @param workers how many work; 1 or more
     * @param rate how many jobs a second each producer sends; 1 or more
     */
    public record Crew(int producers, int workers, int rate) {}

    /**
     * What goes wrong.
     *
     * @param killEvery how long after a kill the next one comes, about
     * @param restartEvery how long after a restart the next one comes; zero for none
     * @param restart restarts the server
     * @param seed what chance begins with
     */
    public record Mischief(Duration killEvery, Duration restartEvery, Restart restart, long seed) {}

    /** Restarts the server of the broker. */
    @FunctionalInterface
    public interface Restart {
        /**
         * Does it, and returns when it was told to start again.
         *
         * @throws Exception if it could not be done; then the run is no proof, and ends
         */
        void run() throws Exception;
    }
}
