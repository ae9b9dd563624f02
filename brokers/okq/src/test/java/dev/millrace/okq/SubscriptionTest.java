// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a subscription does with a server that fails in the middle. */
class SubscriptionTest {
    private static final OkqName GOOD = OkqName.of("good");
    private static final OkqName BAD = OkqName.of("bad");

    @Test
    void whatWasPoppedIsHandedOverThoughTheNextQueueFails() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> accept(socket));
            try (OkqClient client = OkqClient.connect("127.0.0.1:" + socket.getLocalPort());
                    OkqSubscription events = client.subscribe(List.of(GOOD, BAD))) {
                List<OkqEvent> popped = events.pop(10, Duration.ZERO);
                assertThat(popped).isNotEmpty().allMatch(event -> event.queue().equals(GOOD));
            }
            try (OkqClient client = OkqClient.connect("127.0.0.1:" + socket.getLocalPort());
                    OkqSubscription events = client.subscribe(List.of(BAD))) {
                assertThatExceptionOfType(OkqServerException.class)
                        .isThrownBy(() -> events.pop(10, Duration.ZERO))
                        .withMessageContaining("unexpected server-side error");
            }
        }
    }

    private static void accept(ServerSocket socket) {
        try {
            while (true) {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> answer(client));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    /** Every command is an array of bulk strings, and none of these has a line break in it. */
    private static void answer(Socket client) {
        try (client;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            OutputStream out = client.getOutputStream();
            for (String head = in.readLine(); head != null; head = in.readLine()) {
                String[] words = new String[Integer.parseInt(head.substring(1))];
                for (int i = 0; i < words.length; i++) {
                    in.readLine();
                    words[i] = in.readLine();
                }
                out.write(reply(words).getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            // The client went.
        }
    }

    private static String reply(String... words) {
        return switch (words[0]) {
            case "QRPOP" ->
                words[1].equals("good") ? "*2\r\n$1\r\n1\r\n$1\r\nx\r\n" : "-ERR unexpected server-side error\r\n";
            // Nobody answers: the wait goes on.
            case "QNOTIFY" -> "";
            default -> "+OK\r\n";
        };
    }
}
