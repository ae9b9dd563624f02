// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import dev.millrace.broker.Broker;
import dev.millrace.testkit.ManualTime;
import dev.millrace.testkit.conformance.BrokerHarness;
import dev.millrace.testkit.conformance.Timing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Puts {@code file:} through the contract. A kill is the same to it as a copy of its folder while it is open. */
final class FileHarness implements BrokerHarness {
    private static final int SMALL_SEGMENTS = 256 << 10;

    private final ManualTime time = new ManualTime();
    private final Path root = temporary();
    private final List<Broker> abandoned = new ArrayList<>();
    private int generation;

    private static Path temporary() {
        try {
            return Files.createTempDirectory("millrace-contract");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path folder() {
        return root.resolve("jobs-" + generation);
    }

    private EmbeddedBrokerBuilder builder() {
        return EmbeddedBroker.builder()
                .directory(folder())
                .segmentBytes(SMALL_SEGMENTS)
                .maxBody(MemoryHarness.LARGEST);
    }

    @Override
    public String name() {
        return "file:";
    }

    @Override
    public Broker open() {
        return builder().clock(time).open();
    }

    @Override
    public Broker openOnSystemTime() {
        return builder().open();
    }

    @Override
    public Timing timing() {
        return Timing.exact();
    }

    @Override
    public void pass(Duration length) {
        time.advance(length);
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public Broker reopen(Broker broker) {
        broker.close();
        return open();
    }

    @Override
    public Broker crash(Broker broker) {
        Path killed = folder();
        generation++;
        for (Path file : files(killed)) {
            Path copy = folder().resolve(killed.relativize(file));
            try {
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        abandoned.add(broker);
        return open();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public OptionalInt largestPayload() {
        return OptionalInt.of(MemoryHarness.LARGEST);
    }

    @Override
    public Object trace(Broker broker) {
        CRC32 content = new CRC32();
        for (Path file : files(folder())) {
            try {
                content.update(Files.readAllBytes(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return content.getValue();
    }

    @Override
    public void close() {
        abandoned.forEach(Broker::close);
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
