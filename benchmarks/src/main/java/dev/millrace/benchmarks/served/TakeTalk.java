// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.served;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/*
 * Takes and acknowledges jobs: a batch of GETJOBs, then a batch of ACKJOBs with the ids that came. Queue and bodies have
 * one length, so every reply has; it is enough to look where the id must be.
 */
public final class TakeTalk extends Load.Talk {
    private static final int ID_BYTES = 40;
    private static final byte[] ACK =
            ("*2\r\n$6\r\nACKJOB\r\n$" + ID_BYTES + "\r\n").getBytes(StandardCharsets.US_ASCII);
    private static final int ACKED_BYTES = ":1\r\n".length();

    private final AtomicInteger left;
    private final int jobs;
    private final ByteBuffer gets;
    private final ByteBuffer acks;
    private final ByteBuffer in;
    private final int idAt;
    private final int replyBytes;
    private int asked;
    private boolean acknowledging;

    /**
     * @param queue where they are
     * @param bodyBytes the length of each body
     * @param jobs in a batch
     * @param left how many are there for all connections together
     */
    public TakeTalk(String queue, int bodyBytes, int jobs, AtomicInteger left) {
        this.left = left;
        this.jobs = jobs;
        byte[] get = Wire.request("GETJOB", "FROM", queue);
        this.gets = ByteBuffer.allocateDirect(get.length * jobs);
        for (int i = 0; i < jobs; i++) {
            gets.put(get);
        }
        this.acks = ByteBuffer.allocateDirect((ACK.length + ID_BYTES + 2) * jobs);
        String before = "*1\r\n*3\r\n$" + queue.length() + "\r\n" + queue + "\r\n$" + ID_BYTES + "\r\n";
        this.idAt = before.length();
        this.replyBytes = idAt + ID_BYTES + ("\r\n$" + bodyBytes + "\r\n").length() + bodyBytes + 2;
        this.in = ByteBuffer.allocateDirect(replyBytes * jobs);
    }

    @Override
    protected void begin() throws IOException {
        ask();
    }

    private void ask() throws IOException {
        asked = left.addAndGet(-jobs) >= 0 ? jobs : 0;
        if (asked > 0) {
            send(gets.rewind());
        }
    }

    @Override
    protected int read() throws IOException {
        fill(in);
        int wanted = asked * (acknowledging ? ACKED_BYTES : replyBytes);
        if (in.position() < wanted) {
            return 0;
        }
        in.flip();
        if (!acknowledging) {
            acknowledge();
            return 0;
        }
        for (int i = 0; i < asked; i++) {
            if (in.get(i * ACKED_BYTES + 1) != '1') {
                throw new IOException("an acknowledgement did not count");
            }
        }
        in.clear();
        acknowledging = false;
        int done = asked;
        ask();
        return done;
    }

    @Override
    protected boolean isOver() {
        return asked == 0;
    }

    private void acknowledge() throws IOException {
        acks.clear();
        byte[] id = new byte[ID_BYTES];
        for (int i = 0; i < asked; i++) {
            in.get(i * replyBytes + idAt, id);
            if (id[0] != 'D' || id[1] != '-') {
                throw new IOException("no job id where one must be: " + new String(id, StandardCharsets.ISO_8859_1));
            }
            acks.put(ACK).put(id).put((byte) '\r').put((byte) '\n');
        }
        in.clear();
        acknowledging = true;
        send(acks.flip());
    }
}
