// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.BackgroundJobRequest;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;

/* It polls every five seconds, the least that the free edition allows with SQL. */
/** JobRunr; argument: a URL for JDBC. */
final class JobRunrJobs {
    private static final int PARCEL = 1_000;
    private static final Duration LEAST_POLL = Duration.ofSeconds(5);

    private JobRunrJobs() {}

    /** A job that does nothing. */
    public record Empty(int number) implements JobRequest {
        @Override
        public Class<Counting> getJobRequestHandler() {
            return Counting.class;
        }
    }

    /** Counts what was done; made by JobRunr, so what it counts down is found where all can reach it. */
    public static final class Counting implements JobRequestHandler<Empty> {
        private static volatile CountDownLatch left = new CountDownLatch(0);

        /** For JobRunr. */
        public Counting() {}

        @Override
        public void run(Empty request) {
            left.countDown();
        }
    }

    /** Serves. */
    public static void main(String[] arguments) throws Exception {
        Peer.serve((jobs, threads) -> work(arguments[0], jobs, threads));
    }

    private static long work(String url, int jobs, int threads) throws Exception {
        try (HikariDataSource pool = SqlPool.open(url, threads + 5)) {
            JobRunr.configure()
                    .useStorageProvider(SqlStorageProviderFactory.using(pool))
                    .initialize();
            Counting.left = new CountDownLatch(jobs);
            for (int i = 0; i < jobs; i += PARCEL) {
                int first = i;
                BackgroundJobRequest.enqueue(IntStream.range(0, PARCEL).mapToObj(number -> new Empty(first + number)));
            }
            JobRunr.destroy();
            long begin = System.nanoTime();
            JobRunr.configure()
                    .useStorageProvider(SqlStorageProviderFactory.using(pool))
                    .useBackgroundJobServer(
                            BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                                    .andWorkerCount(threads)
                                    .andPollInterval(LEAST_POLL))
                    .initialize();
            Counting.left.await();
            long nanos = System.nanoTime() - begin;
            JobRunr.destroy();
            return nanos;
        }
    }
}
