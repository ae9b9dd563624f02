// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A port that answers as okq alone, and what it makes of odd bytes. */
class OkqAloneTest extends ServedTest {
    private MillraceServer server;
    private Wire client;

    @BeforeEach
    void start() throws IOException {
        server = serve(builder().dialect(SpokenDialect.OKQ));
        client = client(server);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PING\r\n", "\r\n", "*x\r\n", "$1\r\nab\r\n", "*1\r\n$x\r\n"})
    void bytesThatAreNoValueCloseWithoutAWord(String sent) throws IOException {
        assertThat(client.raw(bytes(sent)).closed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*-1\r\n", "+PING\r\n", ":1\r\n", "$4\r\nPING\r\n", "-ERR no\r\n"})
    void valuesThatAreNoArrayArePassedOver(String sent) throws IOException {
        client.raw(bytes(sent));
        assertThat(client.read(Duration.ofMillis(100))).isEqualTo(Optional.empty());
        assertThat(client.ask("PING", "extra")).isEqualTo("PONG");
    }

    @Test
    void elementsAreTexts() throws IOException {
        assertThat(Wire.text(client.raw(bytes("*0\r\n")).read())).isEqualTo("ERR unknown command \"\"");
        assertThat(Wire.text(client.raw(bytes("*2\r\n+ping\r\n$1\r\nx\r\n")).read()))
                .isEqualTo("PONG");
        assertThat(Wire.text(client.raw(bytes("*2\r\n$4\r\nPING\r\n:1\r\n")).read()))
                .isEqualTo("ERR invalid command");
        assertThat(Wire.text(client.raw(bytes("*2\r\n$4\r\nPING\r\n$-1\r\n")).read()))
                .isEqualTo("ERR invalid command");
        assertThat(Wire.text(client.raw(bytes("*2\r\n$4\r\nPING\r\n*0\r\n")).read()))
                .isEqualTo("ERR invalid command");
    }

    @Test
    void whatIsBehindQnotifyWaits() throws IOException {
        client.call("QREGISTER", "q");
        client.send("QNOTIFY", "60").send("QRPOP", "q").send("PING");
        assertThat(client.read(Duration.ofMillis(100))).isEqualTo(Optional.empty());
        client(server).call("QLPUSH", "q", "1", "x");
        assertThat(client.next()).isEqualTo("q");
        assertThat(client.next()).isEqualTo("[1, x]");
        assertThat(client.next()).isEqualTo("PONG");
    }

    @Test
    void lettersThatCannotBePrintedAreEscaped() throws IOException {
        assertThat(Wire.text(client.call("a\tb\u00e9\u00a0\u200b\ud83d\ude00\7")))
                .isEqualTo(new String(
                        "ERR unknown command \"a\\tb\u00e9\\u00a0\\u200b\ud83d\ude00\\a\""
                                .getBytes(StandardCharsets.UTF_8),
                        StandardCharsets.ISO_8859_1));
    }

    @Test
    void aPasswordCanBeShown() throws IOException {
        Wire stranger = client(serve(builder().dialect(SpokenDialect.OKQ).password("secret")));
        assertThat(stranger.ask("PING")).startsWith("NOAUTH");
        assertThat(stranger.ask("AUTH", "secret")).isEqualTo("OK");
        assertThat(stranger.ask("PING")).isEqualTo("PONG");
    }

    @Test
    void usersMayDoWhatTheirGroupsSay() throws IOException {
        ServerBuilder users = builder()
                .user("user shop 1 add mail-*")
                .user("user robot 2 work *")
                .user("user eye 3 look mail-*");
        MillraceServer both = serve(users);
        Wire shop = client(both);
        Wire robot = client(both);
        Wire eye = client(both);
        shop.call("AUTH", "shop", "1");
        robot.call("AUTH", "robot", "2");
        eye.call("AUTH", "eye", "3");
        assertThat(shop.ask("QLPUSH", "mail-a", "1", "x")).isEqualTo("OK");
        assertThat(shop.ask("QLPUSH", "sms", "1", "x")).startsWith("NOPERM");
        assertThat(shop.ask("QRPOP", "mail-a")).startsWith("NOPERM");
        assertThat(robot.ask("QREGISTER", "sms", "mail-a")).isEqualTo("OK");
        assertThat(robot.ask("QRPOP", "mail-a")).isEqualTo("[1, x]");
        assertThat(robot.ask("QFLUSH", "mail-a")).startsWith("NOPERM");
        assertThat(eye.ask("QSTATUS")).isEqualTo("[[mail-a, 1, 1, 1]]");
        assertThat(eye.ask("QSTATUS", "sms")).startsWith("NOPERM");
    }
}
