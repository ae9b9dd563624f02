// SPDX-License-Identifier: Apache-2.0
package dev.millrace.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate that signs itself, with its key, for servers of tests; made with the JDK's keytool. Immutable and thread-safe. */
public final class Certificate {
    private static final String ALIAS = "server";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore keys;
    private final Path chain;
    private final Path key;

    private Certificate(Path folder, KeyStore keys) throws IOException, GeneralSecurityException {
        this.keys = keys;
        this.chain = pem(folder, "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
        this.key = pem(folder, "PRIVATE KEY", keys.getKey(ALIAS, PASSWORD).getEncoded());
    }

    /**
     * Makes one.
     *
     * @param folder for its files
     * @param host whom it names, such as {@code dns:localhost} or {@code ip:127.0.0.1}
     * @return the certificate
     */
    public static Certificate of(Path folder, String host) {
        try {
            // keytool wants to make the file itself.
            Path store = Files.createTempFile(folder, "keys", ".p12");
            Files.delete(store);
            Path output = folder.resolve("keytool");
            int code = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            ALIAS,
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=server",
                            "-ext",
                            "san=" + host,
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            new String(PASSWORD),
                            "-keystore",
                            store.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException(Files.readString(output));
            }
            return new Certificate(folder, KeyStore.getInstance(store.toFile(), PASSWORD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificate cannot be made", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Path pem(Path folder, String type, byte[] content) throws IOException {
        String text = "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
                + "\n-----END " + type + "-----\n";
        return Files.writeString(Files.createTempFile(folder, "tls", ".pem"), text);
    }

    /**
     * What a server shows, and what a client may be told to trust.
     *
     * @return a PEM file
     */
    public Path chain() {
        return chain;
    }

    /**
     * What a server keeps for itself.
     *
     * @return a PEM file
     */
    public Path key() {
        return key;
    }

    /**
     * For a client that trusts this certificate and no other.
     *
     * @return a context
     */
    public SSLContext trusting() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(keys);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }
}
