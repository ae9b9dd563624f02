// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.peers;

import com.zaxxer.hikari.HikariDataSource;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
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
final class QuartzJobs implements Peer {
    private static final String PAYLOAD = "payload";

    private final String url;
    private Scheduler scheduler;

    private QuartzJobs(String url) throws Exception {
        this.url = url;
        this.scheduler = scheduler(url, 1);
    }

    /** Hands over what it is given; made by Quartz, so whom it hands that to is found where all can reach it. */
    public static final class Handing implements Job {
        private static volatile Consumer<String> handler = payload -> {};

        /** For Quartz. */
        public Handing() {}

        @Override
        public void execute(JobExecutionContext context) {
            handler.accept(context.getMergedJobDataMap().getString(PAYLOAD));
        }
    }

    /** Serves. */
    public static void main(String[] arguments) throws Exception {
        createTables(arguments[0]);
        Turns.serve(new QuartzJobs(arguments[0]));
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

    @Override
    public void clear() throws Exception {
        scheduler.clear();
    }

    @Override
    public void enqueue(List<String> payloads) throws Exception {
        Map<JobDetail, Set<? extends Trigger>> parcel = new HashMap<>();
        for (String payload : payloads) {
            JobDetail job = JobBuilder.newJob(Handing.class)
                    .usingJobData(PAYLOAD, payload)
                    .build();
            parcel.put(job, Set.of(TriggerBuilder.newTrigger().startNow().build()));
        }
        scheduler.scheduleJobs(parcel, false);
    }

    /** Its one scheduler ends, and one with so many threads begins: two of one name cannot be in one process. */
    @Override
    public AutoCloseable work(int threads, Consumer<String> handler) throws Exception {
        Handing.handler = handler;
        scheduler.shutdown();
        scheduler = scheduler(url, threads);
        scheduler.start();
        return () -> {
            scheduler.shutdown(true);
            scheduler = scheduler(url, 1);
        };
    }

    @Override
    public void close() throws Exception {
        scheduler.shutdown();
    }
}
