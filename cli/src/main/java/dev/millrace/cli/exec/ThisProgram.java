// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.exec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this program is started again, in a process of its own: the same Java, the same classes. */
public final class ThisProgram {
    private static final String MAIN = "dev.millrace.cli.Main";

    private ThisProgram() {}

    /**
     * The command that runs it, on the class path or as a module as it runs now.
     *
     * @param arguments what it is to be told
     * @return the words of the command
     */
    public static List<String> command(List<String> arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String module = System.getProperty("jdk.module.main");
        List<String> command = new ArrayList<>(
                module == null
                        ? List.of(java, "-Xshare:auto", "-cp", System.getProperty("java.class.path"), MAIN)
                        : List.of(
                                java,
                                "-Xshare:auto",
                                "-p",
                                System.getProperty("jdk.module.path"),
                                "-m",
                                module + "/" + MAIN));
        command.addAll(arguments);
        return command;
    }
}
