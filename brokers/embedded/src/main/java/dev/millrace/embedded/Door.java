// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Broker;
import dev.millrace.broker.BrokerException;
import dev.millrace.broker.Brokers;
import dev.millrace.embedded.journal.FolderOwnedException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/*
 * The way into a folder that another process owns: a socket in it, on which the owner serves Disque's protocol if it lets
 * others in. An owner without one is mostly a command that is done in a moment, so it is waited for, but not for long.
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
                if (Files.exists(path())) {
                    return enter(e);
                }
                if (left == 0 || !pause()) {
                    throw e;
                }
            }
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
