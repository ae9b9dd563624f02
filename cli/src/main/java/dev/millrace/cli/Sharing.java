// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.broker.Broker;
import dev.millrace.hosting.Host;
import dev.millrace.server.MillraceServer;
import dev.millrace.server.ServerBuilder;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets other commands on this machine into a folder that this process owns for long, through the door of its host. What
 * has no door is not shared, and a door that cannot be opened is no reason to fail.
 */
final class Sharing implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Sharing.class.getName());

    /** What fits into the address of a socket, less the zero at its end. */
    private static final int LONGEST_PATH = 103;

    private final @Nullable MillraceServer server;

    private Sharing(@Nullable MillraceServer server) {
        this.server = server;
    }

    /** With the limits of the owner, which has none of its own if it is no server. */
    static Sharing of(Broker broker, UnaryOperator<ServerBuilder> limits) {
        Optional<Path> door = broker.facet(Host.class).flatMap(Host::door);
        return new Sharing(door.map(path -> open(broker, path, limits)).orElse(null));
    }

    private static @Nullable MillraceServer open(Broker broker, Path door, UnaryOperator<ServerBuilder> limits) {
        if (door.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            LOG.log(Level.WARNING, "{0} is too long for a socket: other commands cannot use this folder now", door);
            return null;
        }
        try {
            return limits.apply(MillraceServer.on(broker))
                    .unix(door)
                    .debugCommands(false)
                    .start();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "other commands cannot use this folder now: " + e.getMessage(), e);
            return null;
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
