// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.served;

import dev.millrace.benchmarks.measure.Bench;
import dev.millrace.benchmarks.served.Served.Safety;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Our server and, where the environment variable {@value #VARIABLE} names its binary, the real one. */
public final class Rivals implements AutoCloseable {
    /** What our server is called. */
    public static final String OURS = "millrace";

    /** What the real one is called. */
    public static final String THEIRS = "disque";

    private static final String VARIABLE = "DISQUE_SERVER";

    private final Map<String, Served> servers = new LinkedHashMap<>();

    private Rivals() {}

    /** Starts them with the same promise. */
    public static Rivals start(Bench bench, Safety safety) throws IOException {
        Rivals all = new Rivals();
        try {
            all.servers.put(OURS, Served.millrace(bench.folder("millrace"), safety, List.of()));
            Optional<Path> binary = disque();
            if (binary.isPresent()) {
                all.servers.put(THEIRS, Served.disque(bench.folder("disque"), safety, binary.get()));
            } else {
                bench.report().note("%s is not set to the path of a disque-server: nothing stands beside", VARIABLE);
            }
            return all;
        } catch (IOException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    /** Where the real server's binary is, if it was said. */
    public static Optional<Path> disque() {
        return Binaries.named(VARIABLE);
    }

    /** By name, ours first. */
    public Map<String, Served> servers() {
        return servers;
    }

    /** Whether there is something to compare with. */
    public boolean hasTheirs() {
        return servers.containsKey(THEIRS);
    }

    @Override
    public void close() {
        servers.values().forEach(Served::close);
    }
}
