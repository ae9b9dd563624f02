// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.exec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** Tells a child process that its parent wants it to end, or is gone: its standard input ends. */
public final class UntilClosed {
    private UntilClosed() {}

    /**
     * Watches a stream, on a thread of its own.
     *
     * @param in the standard input
     * @return opens when the stream has ended
     */
    public static CountDownLatch of(InputStream in) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("millrace-parent").start(() -> {
            try {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // As good as an end: whoever held the other side of the pipe is gone.
            }
            ended.countDown();
        });
        return ended;
    }
}
