// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Connects to nodes: TCP, then TLS, then the password. Thread-safe. */
record Dialer(DisqueOptions options, LongSupplier clock) {
    /** A connection on which nothing has been said but AUTH; whoever watches over it must know of it first. */
    Wire dial(NodeAddress node) {
        Socket tcp = new Socket();
        try {
            tcp.setTcpNoDelay(true);
            tcp.setKeepAlive(true);
            int millis = (int) options.connectTimeout().toMillis();
            tcp.connect(new InetSocketAddress(node.host(), node.port()), Math.max(1, millis));
            SSLContext tls = options.tls();
            return new Wire(node, tcp, tls == null ? tcp : encrypt(tls, tcp, node, millis), clock.getAsLong());
        } catch (IOException e) {
            close(tcp);
            throw failed(node, e);
        } catch (RuntimeException e) {
            close(tcp);
            throw e;
        }
    }

    private static Socket encrypt(SSLContext tls, Socket tcp, NodeAddress node, int millis) throws IOException {
        tcp.setSoTimeout(millis);
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(tcp, node.host(), node.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        tcp.setSoTimeout(0);
        return socket;
    }

    private DisqueConnectionException failed(NodeAddress node, IOException cause) {
        if (Thread.currentThread().isInterrupted()) {
            return new DisqueInterruptedException(false, "interrupted while connecting to " + node, cause);
        }
        if (cause instanceof SocketTimeoutException) {
            return new DisqueTimeoutException(
                    false,
                    "no connection to " + node + " within "
                            + options.connectTimeout().toMillis() + " ms",
                    cause);
        }
        return new DisqueConnectionException(
                false, "cannot connect to " + node + ": " + cause + "; is a server running there?", cause);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It never worked.
        }
    }
}
