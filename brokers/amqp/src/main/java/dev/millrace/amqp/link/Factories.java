// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp.link;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.SocketConfigurators;
import com.rabbitmq.client.TrafficListener;
import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import dev.millrace.amqp.AmqpOptions;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** How connections of the client library are made from our options. */
final class Factories {
    private static final int CHANNELS = 2_047;

    private Factories() {}

    static ConnectionFactory of(AmqpOptions options, TrafficListener traffic) {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUsername(options.login().user());
        factory.setPassword(options.login().password());
        factory.setVirtualHost(options.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setConnectionTimeout(millis(options.times().connect()));
        factory.setHandshakeTimeout(millis(options.times().connect()));
        factory.setChannelRpcTimeout(millis(options.times().reply()));
        factory.setShutdownTimeout(millis(options.times().reply()));
        factory.setRequestedHeartbeat(seconds(options.times().heartbeat()));
        factory.setRequestedChannelMax(CHANNELS);
        factory.setThreadFactory(
                Thread.ofPlatform().name("millrace-amqp-", 0).daemon(true).factory());
        // What goes wrong with a connection is thrown where it is used; the library's own handler would print it too.
        factory.setExceptionHandler(new ForgivingExceptionHandler() {
            @Override
            protected void log(String message, Throwable e) {
                System.getLogger("dev.millrace.amqp").log(System.Logger.Level.DEBUG, message, e);
            }
        });
        // What was stored must be readable, however large it is.
        factory.setMaxInboundMessageBodySize(Integer.MAX_VALUE);
        factory.setTrafficListener(traffic);
        options.tls().ifPresent(tls -> {
            // The library has names checked, unless the socket is told otherwise afterwards.
            factory.useSslProtocol(tls.context());
            if (!tls.namesChecked()) {
                factory.setSocketConfigurator(
                        SocketConfigurators.defaultConfigurator().andThen(Factories::checkNoName));
            }
        });
        return factory;
    }

    private static void checkNoName(Socket socket) {
        if (socket instanceof SSLSocket encrypted) {
            SSLParameters parameters = encrypted.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm(null);
            encrypted.setSSLParameters(parameters);
        }
    }

    private static int millis(Duration length) {
        return Math.clamp(length.toMillis(), 1, Integer.MAX_VALUE);
    }

    /** Whole seconds, at least one unless there is to be none. */
    private static int seconds(Duration length) {
        return length.isZero() ? 0 : Math.clamp(length.toSeconds(), 1, 65_535);
    }
}
