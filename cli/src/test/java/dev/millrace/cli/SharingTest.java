// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.Broker;
import dev.millrace.broker.Brokers;
import dev.millrace.hosting.Host;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever comes through the door has the limits of the owner. */
@Timeout(60)
class SharingTest {
    @TempDir
    private Path folder;

    @Test
    void theDoorHasTheMemoryOfItsOwner() throws IOException {
        try (Broker broker = Brokers.open("file:" + folder.resolve("jobs"));
                Sharing sharing = Sharing.of(broker, door -> door.maxMemory("5gb"))) {
            Path door = broker.facet(Host.class).flatMap(Host::door).orElseThrow();
            assertThat(ask(door, "CONFIG GET maxmemory\r\n", 36)).endsWith("5368709120\r\n");
        }
    }

    private static String ask(Path door, String line, int length) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(door))) {
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer reply = ByteBuffer.allocate(length);
            boolean open = true;
            while (open && reply.hasRemaining()) {
                open = channel.read(reply) >= 0;
            }
            return new String(reply.array(), 0, reply.position(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void aPasswordFileWithoutAPasswordIsRefused() throws IOException {
        Path empty = Files.writeString(folder.resolve("password"), "\n");
        Cli.Result result = Cli.in(folder)
                .run("serve", "--unix", folder.resolve("s").toString(), "--requirepass-file", empty.toString());
        assertThat(result.code()).isNotZero();
        assertThat(result.err()).contains(empty + " has no password");
    }
}
