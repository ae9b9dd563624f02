// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp;

import dev.millrace.testkit.servers.RabbitServer;

/** One real RabbitMQ for all tests of a run: it takes some seconds to start. */
public final class Rabbit {
    private Rabbit() {}

    private static final class Shared {
        private static final RabbitServer SERVER = start();

        private static RabbitServer start() {
            RabbitServer started = RabbitServer.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            return started;
        }
    }

    /** The server; whoever stops it starts it again. */
    public static RabbitServer server() {
        return Shared.SERVER;
    }

    /** How to reach it. */
    public static AmqpOptions options() {
        return AmqpOptions.servers(server().address());
    }
}
