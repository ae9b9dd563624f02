// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.chaos;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.BrokerUrl;
import dev.millrace.broker.Brokers;
import dev.millrace.checker.JobDiary;
import dev.millrace.cli.exec.UntilClosed;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The other end of a {@link PartProcess}. A server that is away is tried again until the parent wants the end. */
public final class PartMain {
    private static final long RETRY_MILLIS = 100;

    private PartMain() {}

    /** How other processes get at the jobs of one that owns them. */
    @FunctionalInterface
    public interface Sharing {
        /**
         * Begins.
         *
         * @param broker what is shared, if it is to be
         * @return ends it
         */
        Shared of(Broker broker);
    }

    /** Something that is shared until this is closed. */
    @FunctionalInterface
    public interface Shared extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Whether a command line is that of a process of the crew.
     *
     * @param args all arguments
     * @return true if it is
     */
    public static boolean isMeant(String... args) {
        return args.length > 0 && args[0].equals(PartProcess.VERB);
    }

    /**
     * Sends or works until the standard input ends.
     *
     * @param in the standard input
     * @param sharing lets other processes into what only one of them owns
     * @param args all arguments: the verb, the role, the number, the queue, the folder, the rate
     * @throws InterruptedException if the thread was interrupted
     */
    public static void run(InputStream in, Sharing sharing, String... args) throws InterruptedException {
        String url = System.getenv(PartProcess.BROKER_VARIABLE);
        if (url == null || args.length != 6) {
            throw new IllegalArgumentException(PartProcess.VERB + " is started by millrace chaos, not by people");
        }
        Part part = new Part(
                Role.of(args[1]), Integer.parseInt(args[2]), args[3], Path.of(args[4]), Integer.parseInt(args[5]));
        // A folder belongs to one process, and the others go through it: when it is gone, one of them has to take its
        // place.
        boolean reopens = BrokerUrl.parse(url).scheme().equals("file");
        CountDownLatch stop = UntilClosed.of(in);
        try (JobDiary diary = new JobDiary(part.diary())) {
            do {
                try (Broker broker = Brokers.open(url);
                        Shared shared = sharing.of(broker)) {
                    work(part, broker, diary, stop, reopens);
                } catch (BrokerException e) {
                    if (!e.isPassing()) {
                        throw e;
                    }
                }
            } while (!stop.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    private static void work(Part part, Broker broker, JobDiary diary, CountDownLatch stop, boolean reopens)
            throws InterruptedException {
        if (part.role() == Role.PRODUCER) {
            new ProducerPart(part, diary).run(broker, stop, reopens);
        } else {
            new WorkerPart(part, diary).run(broker, stop, reopens);
        }
    }
}
