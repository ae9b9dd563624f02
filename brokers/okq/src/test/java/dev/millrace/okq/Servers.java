// SPDX-License-Identifier: Apache-2.0
package dev.millrace.okq;

import dev.millrace.testkit.servers.GivenServer;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/**
 * The servers that a suite runs against: our own, and the real ones whose binaries the environment variable OKQ_SERVER
 * names, several with the separator of paths between them.
 */
public final class Servers {
    /** How to name them. */
    public static final String HOW = "set OKQ_SERVER to the paths of their binaries";

    private Servers() {}

    /** The binaries of the real ones. */
    public static List<Path> real() {
        String binaries = System.getenv("OKQ_SERVER");
        return binaries == null || binaries.isBlank()
                ? List.of()
                : Stream.of(binaries.split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList();
    }

    /** What parameterised tests get: how to start each. */
    public static Stream<Named<Supplier<OkqServer>>> all() {
        if (real().isEmpty()) {
            GivenServer.notRun("real servers of okq", HOW);
        }
        return Stream.concat(
                Stream.of(own()),
                real().stream()
                        .map(binary -> Named.of(String.valueOf(binary.getFileName()), () -> RealOkq.start(binary))));
    }

    private static Named<Supplier<OkqServer>> own() {
        return Named.of("own", OwnServer::start);
    }
}
