// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server;

import dev.millrace.server.commands.Settings;
import dev.millrace.server.listening.LoopSettings;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a builder was told, checked.
 *
 * @param tcp where to listen
 * @param unix where to listen in the file system
 * @param tls how connections are encrypted, or null
 * @param http where health and metrics are, or null
 * @param settings what the commands need to know
 * @param dialect what it answers as
 * @param limits what the loop allows
 * @param patience how long closing may take
 * @param clock the time
 */
record ServerPlan(
        List<InetSocketAddress> tcp,
        List<Path> unix,
        @Nullable SslContext tls,
        @Nullable InetSocketAddress http,
        Settings settings,
        SpokenDialect dialect,
        LoopSettings limits,
        Duration patience,
        InstantSource clock) {
    ServerPlan {
        tcp = List.copyOf(tcp);
        unix = List.copyOf(unix);
    }
}
