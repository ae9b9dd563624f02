// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
    private static final int INT = 2;
    private static final int TERM = 15;

    private static void raise(String name) throws Exception {
        new ProcessBuilder(
                        "sh",
                        "-c",
                        "kill -s " + name + " " + ProcessHandle.current().pid())
                .start()
                .waitFor();
    }

    @Test
    void eachSignalIsHeardEachTime() throws Exception {
        BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        try (Signals signals = Signals.listen(heard::add)) {
            raise("TERM");
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(TERM);
            raise("TERM");
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(TERM);
            raise("INT");
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(INT);
        }
    }
}
