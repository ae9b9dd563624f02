// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process: ready, asked, stopped, killed. */
@Tag("slow")
class ServeIT {
    private static final Pattern READY = Pattern.compile("millrace: ready on 127\\.0\\.0\\.1:(\\d+)");
    private static final String HOST = "127.0.0.1:";
    private static final int KILL_CODE = 137;

    @TempDir
    Path folder;

    /** Where a server listens that is ready. */
    static String address(Program serve) {
        Matcher ready = READY.matcher(serve.out());
        assertThat(ready.find()).isTrue();
        return HOST + ready.group(1);
    }

    /** A connection that sends lines and reads lines. */
    private static final class Line implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Line(Program serve) throws IOException {
            String port = address(serve).substring(HOST.length());
            socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
            socket.setSoTimeout((int) Program.PATIENCE.toMillis());
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        String ask(String command) throws IOException {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            return in.readLine();
        }

        List<String> read(int lines) throws IOException {
            List<String> read = new ArrayList<>();
            for (int i = 0; i < lines; i++) {
                read.add(in.readLine());
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private Program serve(String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of("serve", "--listen", "127.0.0.1:0"));
        args.addAll(List.of(more));
        Program serve = Program.start(folder, args.toArray(String[]::new));
        serve.awaitOut("\n");
        return serve;
    }

    @Test
    void afterSigtermWhoWaitsIsAnsweredAndTheExitCodeIsZero() throws Exception {
        try (Program serve = serve("--broker", "mem:")) {
            try (Line line = new Line(serve);
                    Line other = new Line(serve)) {
                line.socket.getOutputStream().write("GETJOB FROM q\r\n".getBytes(StandardCharsets.UTF_8));
                assertThat(other.ask("PING")).isEqualTo("+PONG");
                serve.signal("TERM");
                assertThat(line.in.readLine()).isEqualTo("*-1");
                assertThat(line.in.readLine()).isNull();
            }
            assertThat(serve.code()).isZero();
            assertThat(serve.err()).isEmpty();
        }
    }

    @Test
    void aClientsShutdownEndsTheProcess() throws Exception {
        try (Program serve = serve("--broker", "mem:");
                Line line = new Line(serve)) {
            assertThat(line.ask("SHUTDOWN")).isNull();
            assertThat(serve.code()).isZero();
        }
    }

    @Test
    void whatWasAnsweredIsThereAfterAKill() throws Exception {
        List<String> ids = new ArrayList<>();
        try (Program serve = serve();
                Line line = new Line(serve)) {
            for (int i = 0; i < 100; i++) {
                ids.add(line.ask("ADDJOB q job" + i + " 0").substring(1));
            }
            line.ask("GETJOB FROM q");
            line.read(7);
            assertThat(line.ask("NACK " + ids.getFirst())).isEqualTo(":1");
            assertThat(line.ask("ADDJOB later x 0 DELAY 1000")).startsWith("+D-");
            assertThat(line.ask("PAUSE stopped in")).isEqualTo("+in");
            serve.signal("KILL");
            assertThat(serve.code()).isEqualTo(KILL_CODE);
        }
        try (Program serve = serve();
                Line line = new Line(serve)) {
            assertThat(line.ask("QLEN q")).isEqualTo(":100");
            assertThat(line.ask("QLEN later")).isEqualTo(":0");
            assertThat(line.ask("ADDJOB stopped x 0")).startsWith("-PAUSED");
            line.ask("GETJOB WITHCOUNTERS FROM q");
            assertThat(line.read(13)).contains(ids.getFirst(), "job0", ":1", ":0");
            assertThat(line.ask("ACKJOB " + String.join(" ", ids))).isEqualTo(":100");
        }
    }

    @Test
    void thePasswordComesFromAFile() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), "secret\n");
        try (Program serve = serve("--broker", "mem:", "--requirepass-file", password.toString());
                Line line = new Line(serve)) {
            assertThat(line.ask("QLEN q")).isEqualTo("-NOAUTH Authentication required.");
            assertThat(line.ask("AUTH secret")).isEqualTo("+OK");
        }
    }

    @Test
    void aServerCanAnswerAsOkqAlone() throws Exception {
        try (Program serve = serve("--broker", "mem:", "--dialect", "okq");
                Line line = new Line(serve)) {
            assertThat(line.ask("*1\r\n$4\r\nPING")).isEqualTo("+PONG");
            assertThat(line.ask("*1\r\n$4\r\nINFO")).isEqualTo("-ERR unknown command \"INFO\"");
            assertThat(line.ask("PING")).isNull();
        }
    }

    @Test
    void anOpenDoorIsRefused() throws Exception {
        try (Program serve = Program.start(folder, "serve", "--broker", "mem:", "--listen", "0.0.0.0:0")) {
            assertThat(serve.code()).isEqualTo(ExitCode.USAGE);
            assertThat(serve.err()).contains("refusing to listen on 0.0.0.0:0").hasLineCount(1);
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() throws Exception {
        try (Program first = serve("--broker", "mem:")) {
            Matcher ready = READY.matcher(first.out());
            assertThat(ready.find()).isTrue();
            try (Program second =
                    Program.start(folder, "serve", "--broker", "mem:", "--listen", "127.0.0.1:" + ready.group(1))) {
                assertThat(second.code()).isEqualTo(ExitCode.FAILED);
                assertThat(second.err()).contains("cannot listen on 127.0.0.1:" + ready.group(1));
            }
        }
    }
}
