// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Brokers;
import dev.millrace.embedded.journal.FolderOwnedException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/*
 * The way into a folder that another process owns: a socket in it, on which the owner serves Disque's protocol if it lets
 * others in. An owner without one is mostly a command that is done in a moment, so it is waited for, but not for long. So is
 * one that has not opened it yet; and a socket on which nobody listens was left by an owner that was killed.
 */
final class Door {
    private static final Logger LOG = System.getLogger(Door.class.getPackageName());
    private static final String NAME = "door";
    private static final String SCHEME = "disque";
    private static final int TRIES = 100;
    private static final long PAUSE_MILLIS = 50;

    private final Path folder;

    Door(Path folder) {
        this.folder = folder;
    }

    /** Where the socket is, if there is one. */
    Path path() {
        return folder.resolve(NAME);
    }

    /** Opens the folder; or, if it is another process's, goes through that. */
    Broker openOrEnter(Supplier<? extends Broker> open) {
        for (int left = TRIES; true; left--) {
            try {
                return open.get();
            } catch (BrokerException e) {
                if (!(e.getCause() instanceof FolderOwnedException)) {
                    throw e;
                }
                if (isOpen()) {
                    return enter(e);
                }
                if (left == 0 || !pause()) {
                    throw e;
                }
            }
        }
    }

    private boolean isOpen() {
        if (!Files.exists(path())) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(path()));
        } catch (IOException nobody) {
            return false;
        }
    }

    /** Deletes what an owner before left; for the owner. */
    void clear() {
        try {
            if (Files.exists(path()) && !Files.isRegularFile(path()) && !Files.isDirectory(path())) {
                Files.delete(path());
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "cannot delete " + path(), e);
        }
    }

    private Broker enter(BrokerException owned) {
        if (!Brokers.schemes().contains(SCHEME)) {
            throw BrokerException.lasting(
                    owned.getMessage() + ". It lets others in, through millrace-disque, which is not on the class path",
                    owned);
        }
        LOG.log(Level.DEBUG, "{0} is owned by another process: going through its door", folder);
        return Brokers.open(SCHEME + ":unix:" + path().toAbsolutePath().normalize());
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
