// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.served;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Adds jobs: a batch of ADDJOBs, then their ids. */
public final class AddTalk extends Load.Talk {
    private final ByteBuffer batch;
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
    private final int jobs;
    private int batches;
    private int lines;
    private boolean lineBegins = true;

    /**
     * @param queue where they go
     * @param body of each
     * @param jobs in a batch
     * @param batches how many
     */
    public AddTalk(String queue, String body, int jobs, int batches) {
        byte[] one = Wire.request("ADDJOB", queue, body, "0");
        this.batch = ByteBuffer.allocateDirect(one.length * jobs);
        for (int i = 0; i < jobs; i++) {
            batch.put(one);
        }
        this.jobs = jobs;
        this.batches = batches;
    }

    @Override
    protected void begin() throws IOException {
        send(batch.flip());
    }

    @Override
    protected int read() throws IOException {
        fill(in);
        for (int i = 0; i < in.position(); i++) {
            byte next = in.get(i);
            if (lineBegins && next != '+') {
                byte[] rest = new byte[Math.min(200, in.position() - i)];
                in.get(i, rest);
                throw new IOException("the server says " + new String(rest, StandardCharsets.ISO_8859_1));
            }
            lineBegins = next == '\n';
            if (lineBegins) {
                lines++;
            }
        }
        in.clear();
        if (lines < jobs) {
            return 0;
        }
        lines = 0;
        batches--;
        if (batches > 0) {
            send(batch.rewind());
        }
        return jobs;
    }

    @Override
    protected boolean isOver() {
        return batches == 0;
    }
}
