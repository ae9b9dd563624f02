// SPDX-License-Identifier: Apache-2.0
package dev.millrace.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A bit that flips on a disk. */
final class Damage {
    private Damage() {}

    /** Changes one byte of the first place in a folder that holds a text, and says in which file. */
    static Path in(Path folder, String text) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                int at = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).indexOf(text);
                if (at >= 0) {
                    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                        bytes.seek(at + 2);
                        bytes.write('!');
                    }
                    return file;
                }
            }
        }
        throw new AssertionError("no file holds " + text);
    }
}
