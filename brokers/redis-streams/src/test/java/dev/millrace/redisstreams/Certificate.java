// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for this machine that signs itself, made with the JDK's keytool. */
final class Certificate {
    private static final String ALIAS = "redis";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;
    private final KeyStore keys;

    private Certificate(Path folder, KeyStore keys) {
        this.folder = folder;
        this.keys = keys;
    }

    /** One for a host, such as {@code ip:127.0.0.1}. */
    static Certificate of(Path folder, String host) throws Exception {
        Path store = Files.createTempFile(folder, "keys", ".p12");
        Files.delete(store);
        int code = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=redis",
                        "-ext",
                        "san=" + host,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.out").toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("keytool.out")));
        }
        return new Certificate(folder, KeyStore.getInstance(store.toFile(), PASSWORD));
    }

    /** What a redis-server is started with to show it, beside its plain port. */
    List<String> options(int port) throws Exception {
        String shown = pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
        return List.of(
                "--tls-port",
                "" + port,
                "--tls-cert-file",
                shown,
                "--tls-ca-cert-file",
                shown,
                "--tls-key-file",
                pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD).getEncoded()),
                "--tls-auth-clients",
                "no");
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private String pem(String type, byte[] content) throws IOException {
        String text = "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + type + "-----\n";
        return Files.writeString(Files.createTempFile(folder, "tls", ".pem"), text)
                .toString();
    }

    /** Trusts it, and nothing else. */
    SSLContext trusting() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
