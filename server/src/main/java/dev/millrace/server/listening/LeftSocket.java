// SPDX-License-Identifier: Apache-2.0
package dev.millrace.server.listening;

import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/*
 * What stands in the way has to be looked at here: Netty deletes whatever is there, whether it is a socket or not.
 */
/** The socket that a server which was killed left in the file system. */
final class LeftSocket {
    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;

    private LeftSocket() {}

    /** Deletes it, if there is one. Throws if there is anything else, or somebody listens on it. */
    static void clear(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!isSocket(path)) {
            throw new BindException("cannot listen on " + path + ": it is there and no socket; give another path");
        }
        if (isAnswered(path)) {
            throw new BindException(
                    "cannot listen on " + path + ": another server listens there; stop it, or give another path");
        }
        Files.delete(path);
    }

    /** Where the system does not tell more, it is whatever is neither a file nor a folder nor a link. */
    private static boolean isSocket(Path path) throws IOException {
        if (!Files.getFileStore(path.toAbsolutePath().getParent()).supportsFileAttributeView("unix")) {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isOther();
        }
        int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return (mode & TYPE) == SOCKET;
    }

    private static boolean isAnswered(Path path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException nobody) {
            return false;
        }
    }
}
