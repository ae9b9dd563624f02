// SPDX-License-Identifier: Apache-2.0
package dev.millrace.amqp;

import dev.millrace.testkit.servers.RabbitServer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Real RabbitMQs for all tests of a run: one takes some seconds to start. */
public final class Rabbit {
    private static final Queue<RabbitServer> FREE = new ConcurrentLinkedQueue<>();

    private Rabbit() {}

    private static final class Shared {
        private static final RabbitServer SERVER = start();
    }

    private static RabbitServer start() {
        RabbitServer started = RabbitServer.start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::close));
        return started;
    }

    /** The server; whoever stops it starts it again. */
    public static RabbitServer server() {
        return Shared.SERVER;
    }

    /** How to reach it. */
    public static AmqpOptions options() {
        return AmqpOptions.servers(server().address());
    }

    /** A server that nobody else uses, until it is given back: tests that run at the same time may stop theirs. */
    public static RabbitServer take() {
        RabbitServer free = FREE.poll();
        return free == null ? start() : free;
    }

    /** Gives it back, empty; one that was left stopped is of no use to anybody. */
    public static void give(RabbitServer server) {
        if (server.listens()) {
            FREE.add(server);
        }
    }
}
