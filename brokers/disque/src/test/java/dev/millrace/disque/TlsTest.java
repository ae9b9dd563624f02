// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections, with a certificate that is made for the test. */
class TlsTest {
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    private Path folder;

    private SSLContext context(String name) throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "node",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=node",
                        "-ext",
                        "san=" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        String.valueOf(PASSWORD))
                .redirectErrorStream(true)
                .start();
        assertThat(new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isNotNull();
        assertThat(keytool.waitFor()).isZero();
        return context(file);
    }

    private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    private static ScriptedServer server(SSLContext context) throws IOException {
        ServerSocket socket =
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        return ScriptedServer.on(socket, conversation -> {
            while (conversation.request() != null) {
                conversation.reply("+PONG\r\n");
            }
        });
    }

    @Test
    void connectionsAreEncrypted() throws Exception {
        SSLContext context = context("ip:127.0.0.1");
        try (ScriptedServer server = server(context);
                DisqueClient client = DisqueClient.connect(
                        server.address(),
                        DisqueOptions.defaults().withTls(context).withPassword("secret"));
                DisqueAsyncClient async = client.async()) {
            client.ping();
            assertThat(async.ping()).succeedsWithin(Duration.ofSeconds(10));
            assertThat(server.requests()).hasSize(4);
        }
    }

    @Test
    void theNameOfTheHostIsChecked() throws Exception {
        SSLContext context = context("dns:elsewhere.example");
        try (ScriptedServer server = server(context)) {
            assertThatThrownBy(() -> DisqueClient.connect(
                            server.address(), DisqueOptions.defaults().withTls(context)))
                    .isInstanceOf(DisqueConnectionException.class)
                    .hasMessageContaining("127.0.0.1");
        }
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() throws Exception {
        try (ScriptedServer server = server(context("ip:127.0.0.1"))) {
            assertThatThrownBy(() -> DisqueClient.connect(
                            server.address(), DisqueOptions.defaults().withTls()))
                    .isInstanceOf(DisqueConnectionException.class);
        }
    }
}
