// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.resp.ReplyWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one client asks harms no other. */
@Timeout(60)
class HarmTest extends ServedTest {
    private static final int MOST_HEADERS = 65_600;

    @Test
    void whoCannotBeAnsweredIsClosedAndTheOthersGoOn() throws IOException {
        Broker faulty = new FaultyPeeks(broker());
        MillraceServer server = serve(MillraceServer.on(faulty).listen("127.0.0.1", 0));
        Wire one = client(server);
        Wire other = client(server);
        one.call("ADDJOB", "q", "a", "0");
        one.send("PING").send("QPEEK", "q", "1").send("GETJOB", "FROM", "q");
        assertThat(one.next()).isEqualTo("PONG");
        assertThat(one.closed()).isTrue();
        assertThat(other.ask("PING")).isEqualTo("PONG");
        assertThat(other.ask("GETJOB", "TIMEOUT", "5000", "FROM", "q")).endsWith(", a]]");
    }

    @Test
    void whatNamesAQueueIsTheServersOwnHeader() throws IOException {
        MillraceServer server = serve();
        Wire client = client(server);
        String queue = "L".repeat(300);
        String id = client.ask("ADDJOB", queue, "body", "0");
        client.call("GETJOB", "FROM", queue);
        assertThat(client.ask("NACK", id, "HEADER", "disque-queue", "!!!"))
                .startsWith("ERR the header disque-queue is the server's own");
        assertThat(client.ask("ADDJOB", "q", "a", "0", "HEADER", "disque-queue", "!!!"))
                .startsWith("ERR the header disque-queue is the server's own");
        client.raw(Wire.request(List.of(bytes("ADDJOB"), bytes(queue), envelope("disque-queue", "!!!"), bytes("0"))));
        assertThat(client.next()).startsWith("D-");
        for (int i = 0; i < 5000; i++) {
            client.send("QLEN", "M" + i + "x".repeat(300));
            client.read();
        }
        assertThat(client.ask("SHOW", id)).contains(queue);
    }

    private static byte[] envelope(String name, String value) {
        return ByteBuffer.allocate(14 + name.length() + value.length() + 4)
                .putInt(0xF54D5201)
                .putShort((short) 1)
                .putInt(name.length())
                .put(bytes(name))
                .putInt(value.length())
                .put(bytes(value))
                .put(bytes("body"))
                .array();
    }

    @Test
    void moreHeadersThanAJobMayHaveAreRefused() throws IOException {
        Wire client = client(serve());
        String id = client.ask("ADDJOB", "q", "body", "0");
        client.call("GETJOB", "FROM", "q");
        for (List<String> words : List.of(List.of("NACK", id), List.of("DEADJOB", "why", id))) {
            List<String> request = new ArrayList<>(words);
            for (int i = 0; i < MOST_HEADERS; i++) {
                request.addAll(List.of("HEADER", "n" + i, "v"));
            }
            assertThat(client.ask(request.toArray(String[]::new)))
                    .startsWith("ERR headers of ")
                    .endsWith(" are over the limit of 65536");
        }
        assertThat(client.ask("NACK", id)).isEqualTo("1");
        assertThat(client.ask("GETJOB", "WITHHEADERS", "FROM", "q")).endsWith(", body, headers, []]]");
    }

    @Test
    @Timeout(20)
    void manyHeadersAreReadInAMoment() throws IOException {
        Wire client = client(serve());
        int count = 60_000;
        ByteBuffer envelope = ByteBuffer.allocate(1 << 20).putInt(0xF54D5201).putShort((short) count);
        List<byte[]> words = new ArrayList<>(List.of(bytes("ADDJOB"), bytes("q"), bytes("a"), bytes("0")));
        for (int i = 0; i < count; i++) {
            byte[] name = bytes(Integer.toString(i, 36));
            envelope.putInt(name.length).put(name).putInt(0);
            words.addAll(List.of(bytes("HEADER"), name, bytes("v")));
        }
        byte[] body = new byte[envelope.position()];
        envelope.flip().get(body);
        client.raw(Wire.request(words));
        assertThat(client.next()).startsWith("ERR headers of ");
        client.raw(Wire.request(List.of(bytes("ADDJOB"), bytes("q"), body, bytes("0"))));
        assertThat(client.next()).startsWith("ERR headers of ");
    }

    @Test
    void oneReplyHoldsAsMuchAsAFewMegabytes() throws IOException {
        Wire client = client(serve());
        byte[] body = new byte[1 << 20];
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            client.raw(new ReplyWriter(64)
                    .arrayHeader(4)
                    .bulk("ADDJOB")
                    .bulk("big")
                    .bulk(body)
                    .bulk("0")
                    .toByteArray());
            ids.add(client.next());
        }
        assertThat(count(client.ask("QPEEK", "big", "20"))).isBetween(7, 9);
        assertThat(count(client.ask("GETJOB", "COUNT", "20", "FROM", "big"))).isBetween(7, 9);
        assertThat(count(client.ask("JSCAN", "BUSYLOOP", "REPLY", "id"))).isEqualTo(20);
        assertThat(count(client.ask("JSCAN", "BUSYLOOP", "REPLY", "all"))).isBetween(15, 17);
        List<String> words = new ArrayList<>(List.of("DEADJOB", "why"));
        words.addAll(ids);
        assertThat(client.ask(words.toArray(String[]::new))).isEqualTo("20");
        assertThat(count(client.ask("DEADLIST", "big", "20"))).isBetween(15, 17);
    }

    private static int count(String reply) {
        return reply.split("D-[0-9a-f]{8}-", -1).length - 1;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
