// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Stream;

/** What the numbers were measured on. */
public final class Machine {
    /** From this load average on, others are at work and the numbers say little. */
    public static final double BUSY = 1.0;

    private Machine() {}

    /** Date, processor, system, Java and file system, in one line. */
    public static String describe(Path folder) throws IOException {
        return String.format(
                Locale.ROOT,
                "%s, %d cores (%s), %.0f GiB, %s %s, %s %s, %s, load %.2f",
                today(),
                Runtime.getRuntime().availableProcessors(),
                proc("cpuinfo", "model name"),
                Double.parseDouble(proc("meminfo", "MemTotal").replaceAll("[^0-9]", "")) / (1 << 20),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("java.vm.name"),
                Runtime.version(),
                Files.getFileStore(folder).type(),
                load());
    }

    /** The date in UTC. */
    public static String today() {
        return LocalDate.now(ZoneOffset.UTC).toString();
    }

    /** How many threads wanted to run in the last minute, on average; negative where the system does not say. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String proc(String file, String key) throws IOException {
        Path path = Path.of("/proc", file);
        if (!Files.isReadable(path)) {
            return "0";
        }
        try (Stream<String> lines = Files.lines(path)) {
            return lines.filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("0");
        }
    }
}
