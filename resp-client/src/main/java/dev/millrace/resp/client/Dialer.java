// SPDX-License-Identifier: Apache-2.0
package dev.millrace.resp.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/*
 * Connects to a server, once: TCP, then TLS; or a socket in the file system. Jedis asks for a socket whenever it has none, so a second one is refused: it would
 * connect anew behind our back, without the password.
 *
 * No timeout is set anywhere, the watchdog closes the socket if it takes too long: a socket that was ever given one becomes
 * non-blocking inside the JDK for good, and then reads with three system calls.
 */
final class Dialer implements JedisSocketFactory {
    private final Endpoint server;
    private final @Nullable SSLContext tls;
    private final Socket lower;
    private boolean used;

    Dialer(Endpoint server, @Nullable SSLContext tls) {
        this.server = server;
        this.tls = tls;
        this.lower = server.unixPath().isPresent() ? new UnixSocket() : new Socket();
    }

    Endpoint server() {
        return server;
    }

    boolean isEncrypting() {
        return tls != null;
    }

    @Override
    public Socket createSocket() {
        if (used) {
            throw new JedisConnectionException("the connection to " + server + " is closed");
        }
        used = true;
        try {
            if (lower instanceof UnixSocket unix) {
                unix.connect(server.unixPath().orElseThrow());
                return unix;
            }
            lower.setTcpNoDelay(true);
            lower.setKeepAlive(true);
            lower.connect(new InetSocketAddress(server.host(), server.port()));
            return tls == null ? lower : encrypt(tls);
        } catch (IOException e) {
            close();
            throw new JedisConnectionException(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Socket encrypt(SSLContext context) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(lower, server.host(), server.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** Tells the server that nothing more will be asked; what it has answered can still be read. */
    void endOutput() {
        try {
            lower.shutdownOutput();
        } catch (IOException | IllegalStateException notConnected) {
            close();
        }
    }

    /** The lower socket, because closing an encrypted one waits for its writer. */
    void close() {
        try {
            lower.close();
        } catch (IOException ignored) {
            // It is of no more use either way.
        }
    }
}
