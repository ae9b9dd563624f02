// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the system keeps count of for this process; Linux only. */
public final class Own {
    private Own() {}

    /** Resident memory in bytes. */
    public static long resident() throws IOException {
        return number("status", "VmRSS:") * 1024;
    }

    /** The most resident memory there ever was, in bytes. */
    public static long mostResident() throws IOException {
        return number("status", "VmHWM:") * 1024;
    }

    /** Bytes handed to {@code write()}. */
    public static long written() throws IOException {
        return number("io", "wchar:");
    }

    private static long number(String file, String key) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self", file))) {
            String line = lines.filter(candidate -> candidate.startsWith(key))
                    .findFirst()
                    .orElseThrow(() -> new IOException("/proc/self/" + file + " has no " + key));
            return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
    }
}
