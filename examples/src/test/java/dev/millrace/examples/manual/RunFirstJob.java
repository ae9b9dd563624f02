// SPDX-License-Identifier: Apache-2.0
package dev.millrace.examples.manual;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** The first job of the README as a program, which ends with its standard input. */
public final class RunFirstJob {
    private RunFirstJob() {}

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch shutdown = new CountDownLatch(1);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                System.in.readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            shutdown.countDown();
        });
        FirstJob.run(shutdown);
    }
}
