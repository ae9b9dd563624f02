// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords, users, encryption, and who can reach it. */
class SecurityTest extends ServedTest {
    private static final char[] STORE_PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder;

    @Test
    void aPasswordOpensTheDoor() throws IOException {
        Wire client = client(serve(builder().password("secret")));
        assertThat(client.ask("QLEN", "q")).isEqualTo("NOAUTH Authentication required.");
        assertThat(client.ask("AUTH", "wrong")).isEqualTo("ERR invalid password");
        assertThat(client.ask("AUTH", "secret")).isEqualTo("OK");
        assertThat(client.ask("QLEN", "q")).isEqualTo("0");
    }

    @Test
    void usersMayDoWhatTheirGroupsAllowInTheirQueues() throws IOException {
        Path users = Files.writeString(
                folder.resolve("users"), "# who\n\nuser shop s1 add mail-*,sms\nuser robot s2 work,look *\n");
        MillraceServer server = serve(builder().users(users));
        Wire shop = client(server);
        assertThat(shop.ask("PING")).isEqualTo("NOAUTH Authentication required.");
        assertThat(shop.ask("AUTH", "shop", "s2")).isEqualTo("ERR invalid password");
        assertThat(shop.ask("AUTH", "shop", "s1")).isEqualTo("OK");
        assertThat(shop.ask("ADDJOB", "mail-out", "a", "0")).startsWith("D-");
        assertThat(shop.ask("ADDJOB", "sms", "a", "0")).startsWith("D-");
        assertThat(shop.ask("ADDJOB", "other", "a", "0")).isEqualTo("NOPERM user shop may not name the queue 'other'");
        assertThat(shop.ask("GETJOB", "FROM", "sms")).startsWith("NOPERM user shop may not say 'getjob'");
        Wire robot = client(server);
        assertThat(robot.ask("AUTH", "robot", "s2")).isEqualTo("OK");
        assertThat(robot.ask("GETJOB", "FROM", "sms")).endsWith(", a]]");
        assertThat(shop.ask("FINDJOB", "x")).startsWith("NOPERM user shop may not say 'findjob'");
        assertThat(robot.ask("DEBUG", "FLUSHALL")).startsWith("NOPERM");
    }

    @Test
    void listingsShowAUserHisQueuesOnly() throws IOException {
        MillraceServer server = serve(builder().password("all").user("user a s look a*"));
        Wire everybody = client(server);
        everybody.call("AUTH", "all");
        everybody.call("ADDJOB", "a1", "x", "0");
        everybody.call("ADDJOB", "b1", "x", "0");
        Wire a = client(server);
        a.call("AUTH", "a", "s");
        assertThat(a.ask("QSCAN", "BUSYLOOP")).isEqualTo("[0, [a1]]");
        assertThat(a.ask("JSCAN", "BUSYLOOP", "REPLY", "ALL"))
                .contains("queue, a1")
                .doesNotContain("queue, b1");
    }

    @Test
    void aLineThatIsNoUserIsRefusedWithoutItsPassword() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().user("user default s3cret all *"))
                .withMessageContaining("choose another name")
                .withMessageNotContaining("s3cret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().user("user a s3cret everything *"))
                .withMessageContaining("\"everything\" is no group of commands")
                .withMessageNotContaining("s3cret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().user("a s3cret"))
                .withMessage("a line has to be: user NAME PASSWORD GROUPS QUEUES");
    }

    @Test
    void whatOthersCanReachNeedsAPassword() throws IOException {
        InetSocketAddress everywhere = new InetSocketAddress(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().listen(everywhere).start())
                .withMessageStartingWith("refusing to listen on 0.0.0.0:0, which others can reach, without a password");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().http(everywhere).start())
                .withMessageContaining("without a password");
        serve(builder().listen(everywhere).password("secret"));
        serve(builder().listen(everywhere).openToAll(true));
    }

    @Test
    void dangerousCommandsCanBeSwitchedOff() throws IOException {
        Wire client = client(serve(builder().debugCommands(false)));
        assertThat(client.ask("DEBUG", "FLUSHALL")).isEqualTo("ERR DEBUG is switched off on this server");
    }

    @Test
    void aSocketInTheFileSystemServesAsWell() throws IOException {
        Path path = folder.resolve("socket");
        MillraceServer server = serve(MillraceServer.on(broker()).unix(path));
        try (Wire client = Wire.to(path)) {
            assertThat(client.ask("ADDJOB", "q", "a", "0")).startsWith("D-");
            assertThat(client.ask("CLIENT", "LIST")).contains(" addr=");
        }
        assertThat(server.address()).isEmpty();
        server.close();
        assertThat(path).doesNotExist();
    }

    @Test
    void onlyASocketOnWhichNobodyListensIsReplaced() throws Exception {
        Path path = folder.resolve("socket");
        serve(MillraceServer.on(broker()).unix(path));
        assertThatThrownBy(() -> MillraceServer.on(broker()).unix(path).start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another server listens there");
        try (Wire client = Wire.to(path)) {
            assertThat(client.ask("PING")).isEqualTo("PONG");
        }
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> MillraceServer.on(broker()).unix(pipe).start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it is there and no socket");
        assertThat(pipe).exists();
        Path file = Files.writeString(folder.resolve("file"), "kept");
        assertThatThrownBy(() -> MillraceServer.on(broker()).unix(file).start()).isInstanceOf(IOException.class);
        assertThat(file).hasContent("kept");
        Path left = folder.resolve("left");
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(left));
        }
        serve(MillraceServer.on(broker()).unix(left));
    }

    @Test
    void connectionsAreEncrypted() throws Exception {
        KeyStore keys = keys();
        Path certificate = pem("CERTIFICATE", keys.getCertificate("server").getEncoded());
        Path key = pem("PRIVATE KEY", keys.getKey("server", STORE_PASSWORD).getEncoded());
        MillraceServer server = serve(builder().tls(certificate, key));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        InetSocketAddress address = server.address().orElseThrow();
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
            socket.getOutputStream().write(Wire.request("PING", "over TLS"));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(reader.readLine()).isEqualTo("$8");
            assertThat(reader.readLine()).isEqualTo("over TLS");
        }
    }

    /** A key and a certificate that vouches for itself, made by the JDK's own tool. */
    private KeyStore keys() throws Exception {
        Path store = folder.resolve("keys.p12");
        int code = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(STORE_PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.out").toFile())
                .start()
                .waitFor();
        assertThat(code).isZero();
        return KeyStore.getInstance(store.toFile(), STORE_PASSWORD);
    }

    private Path pem(String type, byte[] content) throws IOException {
        String text = "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + type + "-----\n";
        return Files.writeString(Files.createTempFile(folder, "tls", ".pem"), text);
    }
}
