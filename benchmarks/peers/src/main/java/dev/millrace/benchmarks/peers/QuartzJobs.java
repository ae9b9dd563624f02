// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import com.zaxxer.hikari.HikariDataSource;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/* The tables are made by the script that comes with it. It takes as many triggers at once as it has threads, as its guide advises. */
/** Quartz with its store in a database; argument: a URL for JDBC. */
final class QuartzJobs {
    private static final int PARCEL = 500;

    private QuartzJobs() {}

    /** A job that does nothing; made by Quartz, so what it counts down is found where all can reach it. */
    public static final class Counting implements Job {
        private static volatile CountDownLatch left = new CountDownLatch(0);

        /** For Quartz. */
        public Counting() {}

        @Override
        public void execute(JobExecutionContext context) {
            left.countDown();
        }
    }

    /** Serves. */
    public static void main(String[] arguments) throws Exception {
        createTables(arguments[0]);
        Peer.serve((jobs, threads) -> work(arguments[0], jobs, threads));
    }

    private static void createTables(String url) throws Exception {
        String script = "tables_" + (SqlPool.isPostgres(url) ? "postgres" : "mysql_innodb") + ".sql";
        try (HikariDataSource pool = SqlPool.open(url, 1);
                InputStream in = StdSchedulerFactory.class.getResourceAsStream("jdbcjobstore/" + script)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)^\\s*(#|--).*$", "")
                    .replaceAll("(?i)\\bcommit;", "");
            SqlPool.execute(
                    pool,
                    Pattern.compile(";")
                            .splitAsStream(text)
                            .map(String::strip)
                            .filter(statement -> !statement.isEmpty())
                            .toArray(String[]::new));
        }
    }

    private static Scheduler scheduler(String url, int threads) throws Exception {
        Properties settings = new Properties();
        settings.setProperty("org.quartz.scheduler.instanceName", "bench");
        settings.setProperty("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", "" + threads);
        settings.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        settings.setProperty("org.quartz.threadPool.threadCount", "" + threads);
        settings.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        settings.setProperty("org.quartz.jobStore.acquireTriggersWithinLock", "true");
        settings.setProperty("org.quartz.jobStore.dataSource", "bench");
        settings.setProperty(
                "org.quartz.jobStore.driverDelegateClass",
                SqlPool.isPostgres(url)
                        ? "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate"
                        : "org.quartz.impl.jdbcjobstore.StdJDBCDelegate");
        settings.setProperty("org.quartz.dataSource.bench.provider", "hikaricp");
        settings.setProperty(
                "org.quartz.dataSource.bench.driver",
                SqlPool.isPostgres(url) ? "org.postgresql.Driver" : "org.mariadb.jdbc.Driver");
        settings.setProperty("org.quartz.dataSource.bench.URL", url);
        settings.setProperty("org.quartz.dataSource.bench.maxConnections", "" + (threads + 5));
        return new StdSchedulerFactory(settings).getScheduler();
    }

    private static long work(String url, int jobs, int threads) throws Exception {
        Scheduler scheduler = scheduler(url, threads);
        Counting.left = new CountDownLatch(jobs);
        for (int i = 0; i < jobs; i += PARCEL) {
            Map<JobDetail, Set<? extends Trigger>> parcel = new HashMap<>();
            for (int j = 0; j < PARCEL; j++) {
                parcel.put(
                        JobBuilder.newJob(Counting.class).build(),
                        Set.of(TriggerBuilder.newTrigger().startNow().build()));
            }
            scheduler.scheduleJobs(parcel, false);
        }
        long begin = System.nanoTime();
        scheduler.start();
        Counting.left.await();
        long nanos = System.nanoTime() - begin;
        scheduler.shutdown(true);
        return nanos;
    }
}
