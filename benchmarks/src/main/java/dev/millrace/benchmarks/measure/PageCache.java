// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.measure;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The system's memory of files. */
public final class PageCache {
    private PageCache() {}

    /** Makes the system forget the files of a folder, so that they are read from the disk; false if it cannot. */
    public static boolean forget(Path folder) throws InterruptedException {
        File[] files = folder.toFile().listFiles(File::isFile);
        for (File file : files == null ? new File[0] : files) {
            try {
                Process dd = new ProcessBuilder(List.of("dd", "if=" + file, "iflag=nocache", "count=0", "status=none"))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (dd.waitFor() != 0) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
