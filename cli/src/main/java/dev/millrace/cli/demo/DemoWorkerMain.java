// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.cli.exec.UntilClosed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The other end of a worker process of the demonstration. */
public final class DemoWorkerMain {
    private DemoWorkerMain() {}

    /**
     * Whether a command line is that of a worker of the demonstration.
     *
     * @param args all arguments
     * @return true if it is
     */
    public static boolean isMeant(String... args) {
        return args.length > 0 && args[0].equals(WorkerProcess.VERB);
    }

    /**
     * Works until the queue is empty or the standard input ends.
     *
     * @param in the standard input
     * @param args all arguments: the verb, the queue, the folder, the number of the worker
     * @throws IOException if results cannot be written
     * @throws InterruptedException if the thread was interrupted
     */
    public static void run(InputStream in, String... args) throws IOException, InterruptedException {
        String url = System.getenv(WorkerProcess.BROKER_VARIABLE);
        if (url == null || args.length != 4) {
            throw new IllegalArgumentException(WorkerProcess.VERB + " is started by millrace demo, not by people");
        }
        DemoWork work = new DemoWork(args[1], new DemoFolder(Path.of(args[2])), Integer.parseInt(args[3]));
        CountDownLatch stop = UntilClosed.of(in);
        try (Broker broker = Brokers.open(url)) {
            work.run(broker, stop);
        }
    }
}
