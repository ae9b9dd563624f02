// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.BackgroundJobRequest;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;

/* It polls every five seconds, the least that the free edition allows with SQL. */
/** JobRunr; argument: a URL for JDBC. */
final class JobRunrJobs implements Peer {
    private static final Duration LEAST_POLL = Duration.ofSeconds(5);
    private static final int SPARE = 5;

    private final String url;
    private final HikariDataSource pool;

    private JobRunrJobs(String url) {
        this.url = url;
        this.pool = SqlPool.open(url, SPARE);
        onlyEnqueue();
    }

    /** A job of this benchmark. */
    public record Text(String payload) implements JobRequest {
        @Override
        public Class<Handing> getJobRequestHandler() {
            return Handing.class;
        }
    }

    /** Hands over what it is given; made by JobRunr, so whom it hands that to is found where all can reach it. */
    public static final class Handing implements JobRequestHandler<Text> {
        private static volatile Consumer<String> handler = payload -> {};

        /** For JobRunr. */
        public Handing() {}

        @Override
        public void run(Text request) {
            handler.accept(request.payload());
        }
    }

    /** Serves. */
    public static void main(String[] arguments) throws Exception {
        Turns.serve(new JobRunrJobs(arguments[0]));
    }

    private void onlyEnqueue() {
        JobRunr.configure()
                .useStorageProvider(SqlStorageProviderFactory.using(pool))
                .initialize();
    }

    @Override
    public void clear() throws Exception {
        SqlPool.execute(pool, "DELETE FROM jobrunr_jobs");
    }

    @Override
    public void enqueue(List<String> payloads) {
        if (payloads.size() == 1) {
            BackgroundJobRequest.enqueue(new Text(payloads.get(0)));
        } else {
            BackgroundJobRequest.enqueue(payloads.stream().map(Text::new));
        }
    }

    @Override
    public AutoCloseable work(int threads, Consumer<String> handler) {
        Handing.handler = handler;
        JobRunr.destroy();
        HikariDataSource working = SqlPool.open(url, threads + SPARE);
        JobRunr.configure()
                .useStorageProvider(SqlStorageProviderFactory.using(working))
                .useBackgroundJobServer(BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andWorkerCount(threads)
                        .andPollInterval(LEAST_POLL))
                .initialize();
        return () -> {
            JobRunr.destroy();
            working.close();
            onlyEnqueue();
        };
    }

    @Override
    public void close() {
        JobRunr.destroy();
        pool.close();
    }
}
