// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A socket that an owner left when it was killed leads nowhere. */
class DoorTest {
    @TempDir
    private Path folder;

    private Door left() throws IOException {
        Door door = new Door(folder);
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(door.path()));
        }
        return door;
    }

    @Test
    void anOwnerBehindALeftSocketIsWaitedFor() throws IOException {
        Door door = left();
        AtomicInteger tries = new AtomicInteger();
        try (FileChannel owner =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(owner.lock().isValid()).isTrue();
            Broker broker = door.openOrEnter(() -> {
                if (tries.incrementAndGet() == 3) {
                    close(owner);
                }
                return EmbeddedBroker.builder().directory(folder).open();
            });
            broker.close();
        }
        assertThat(tries).hasValue(3);
    }

    private static void close(FileChannel owner) {
        try {
            owner.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whoOwnsTheFolderDeletesALeftSocket() throws IOException {
        Door door = left();
        assertThat(door.path()).exists();
        try (EmbeddedBroker broker = EmbeddedBroker.builder().directory(folder).open()) {
            assertThat(door.path()).doesNotExist();
        }
    }
}
