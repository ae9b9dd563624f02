// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

import dev.millrace.hosting.Host;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The sockets, and the loop that serves them. Thread-safe. */
public final class Listening {
    private static final int BACKLOG = 1024;
    private static final WriteBufferWaterMark UNREAD = new WriteBufferWaterMark(1 << 18, 1 << 20);

    private final Transport transport = Transport.best();
    private final MultiThreadIoEventLoopGroup group;
    private final Loop loop;
    private final List<Channel> sockets = new ArrayList<>();
    private final List<Path> paths = new ArrayList<>();

    /**
     * A loop without sockets.
     *
     * @param host who is asked
     * @param clock the time
     * @param settings limits
     * @param dialect makes the protocol, given the loop
     */
    public Listening(Host host, InstantSource clock, LoopSettings settings, Function<Loop, Dialect> dialect) {
        group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("millrace-server", false), transport.handlers());
        loop = new Loop(group.next(), host, clock, settings, dialect);
    }

    /**
     * Opens a socket.
     *
     * @param address where
     * @param tls how it is encrypted, or null
     * @return where it was opened, with the port that was found for port 0
     * @throws IOException if it cannot be opened
     */
    public InetSocketAddress tcp(InetSocketAddress address, @Nullable SslContext tls) throws IOException {
        ServerBootstrap bootstrap = bootstrap(transport.tcp(), tls)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_REUSEADDR, true);
        return (InetSocketAddress) bind(bootstrap, address).localAddress();
    }

    /**
     * Opens a socket in the file system. A file that is there is replaced if it is a socket on which nobody listens.
     *
     * @param path where
     * @throws IOException if it cannot be opened
     */
    public void unix(Path path) throws IOException {
        LeftSocket.clear(path);
        bind(bootstrap(transport.unix(), null), transport.unixAddress(path));
        paths.add(path);
        onlyForTheOwner(path);
    }

    private static void onlyForTheOwner(Path path) throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private ServerBootstrap bootstrap(Class<? extends ServerChannel> type, @Nullable SslContext tls) {
        return new ServerBootstrap()
                .group(group)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNREAD)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        loop.admit(channel);
                    }
                });
    }

    private Channel bind(ServerBootstrap bootstrap, SocketAddress address) throws IOException {
        Future<Void> bound = bootstrap.bind(address);
        Throwable failure = bound.awaitUninterruptibly().cause();
        if (failure != null) {
            throw new IOException("cannot listen on " + Loop.text(address) + ": " + failure.getMessage(), failure);
        }
        Channel socket = ((io.netty.channel.ChannelFuture) bound).channel();
        sockets.add(socket);
        return socket;
    }

    /**
     * The loop.
     *
     * @return the same each time
     */
    public Loop loop() {
        return loop;
    }

    /**
     * Lets nobody in any more, answers who waits, does what was heard, and closes all connections.
     *
     * @param patience how long that may take; after that connections are cut
     */
    public void close(Duration patience) {
        sockets.forEach(socket -> socket.close().awaitUninterruptibly());
        CountDownLatch drained = new CountDownLatch(1);
        loop.execute(() -> {
            loop.drain();
            look(drained);
        });
        try {
            drained.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loop.execute(() -> loop.clients().all().forEach(Connection::close));
        group.shutdownGracefully(0, Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(patience.toMillis() + 1000);
        for (Path path : paths) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                System.getLogger(Listening.class.getName()).log(System.Logger.Level.DEBUG, "cannot delete " + path, e);
            }
        }
    }

    private void look(CountDownLatch drained) {
        if (loop.clients().size() == 0) {
            drained.countDown();
        } else {
            loop.schedule(() -> look(drained), 5);
        }
    }
}
