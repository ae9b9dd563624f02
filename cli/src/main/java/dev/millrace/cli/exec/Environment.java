// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.exec;

import dev.millrace.worker.JobContext;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a command finds in its environment about its job. */
final class Environment {
    private static final String PREFIX = "MILLRACE_";
    private static final String HEADER = PREFIX + "HEADER_";

    private Environment() {}

    /**
     * The variables for a job. Of headers whose names become the same variable, the last in alphabetical order counts; a
     * header with a NUL, which an environment cannot carry, is left out.
     */
    static Map<String, String> of(JobContext job) {
        Map<String, String> variables = new TreeMap<>();
        new TreeMap<>(job.headers()).forEach((name, value) -> {
            if (value.indexOf('\0') < 0) {
                variables.put(HEADER + variable(name), value);
            }
        });
        variables.put(PREFIX + "QUEUE", job.queue().value());
        variables.put(PREFIX + "JOB_ID", job.id().value());
        variables.put(PREFIX + "ATTEMPT", Integer.toString(job.attempt()));
        return variables;
    }

    /** Puts the variables of a job in the place of those of a job that this process may itself be part of. */
    static void replace(Map<String, String> environment, Map<String, String> variables) {
        environment.keySet().removeIf(name -> name.startsWith(HEADER));
        environment.putAll(variables);
    }

    private static String variable(String name) {
        StringBuilder variable = new StringBuilder();
        for (char c : name.toUpperCase(Locale.ROOT).toCharArray()) {
            variable.append((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '_');
        }
        return variable.toString();
    }
}
