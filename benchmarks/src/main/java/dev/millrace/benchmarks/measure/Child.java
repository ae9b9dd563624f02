// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Another Java process of this program, which prints {@code name=number} on lines of its own. */
public final class Child {
    private Child() {}

    /**
     * Runs it to its end.
     *
     * @param main its main class
     * @param flags for the JVM
     * @param arguments for its main method
     * @return what it printed
     */
    public static Map<String, Double> run(Class<?> main, List<String> flags, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<String, Double> printed = new LinkedHashMap<>();
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(line -> read(line, printed));
        }
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException("a process of the benchmark ended with " + exit + ": " + command);
        }
        return printed;
    }

    private static void read(String line, Map<String, Double> printed) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            System.out.println(line);
        } else {
            printed.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 1)));
        }
    }

    /** In the child: prints a number for its parent. */
    public static void say(String name, Number value) {
        System.out.println(name + "=" + value);
    }
}
