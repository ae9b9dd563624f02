// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

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
 * Connects to a node, once: TCP, then TLS. Jedis asks for a socket whenever it has none, so a second one is refused: it would
 * connect anew behind our back, without the password.
 *
 * No timeout is set anywhere, the watchdog closes the socket if it takes too long: a socket that was ever given one becomes
 * non-blocking inside the JDK for good, and then reads with three system calls.
 */
final class Dialer implements JedisSocketFactory {
    private final NodeAddress node;
    private final @Nullable SSLContext tls;
    private final Socket tcp = new Socket();
    private boolean used;

    Dialer(NodeAddress node, @Nullable SSLContext tls) {
        this.node = node;
        this.tls = tls;
    }

    NodeAddress node() {
        return node;
    }

    @Override
    public Socket createSocket() {
        if (used) {
            throw new JedisConnectionException("the connection to " + node + " is closed");
        }
        used = true;
        try {
            tcp.setTcpNoDelay(true);
            tcp.setKeepAlive(true);
            tcp.connect(new InetSocketAddress(node.host(), node.port()));
            return tls == null ? tcp : encrypt(tls);
        } catch (IOException e) {
            close();
            throw new JedisConnectionException(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Socket encrypt(SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(tcp, node.host(), node.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** The lower socket, because closing an encrypted one waits for its writer. */
    void close() {
        try {
            tcp.close();
        } catch (IOException ignored) {
            // It is of no more use either way.
        }
    }
}
