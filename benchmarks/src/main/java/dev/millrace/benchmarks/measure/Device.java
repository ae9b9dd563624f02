// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the device below a folder has written, for everybody on the machine; Linux only. (What Linux says of a process in
 * {@code write_bytes} is of no use here: it counts up to a megabyte for a changed byte, however little is written.)
 */
public final class Device {
    private static final int SECTORS_WRITTEN = 6;
    private static final int SECTOR = 512;

    private final Path counters;

    private Device(Path counters) {
        this.counters = counters;
    }

    /** The device of a folder. */
    public static Device below(Path folder) throws IOException {
        Path name = Path.of(Files.getFileStore(folder).name()).getFileName();
        return new Device(Path.of("/sys/class/block").resolve(name).resolve("stat"));
    }

    /** Bytes written since the machine was started; 0 if nobody counts them. */
    public long written() throws IOException {
        if (!Files.isReadable(counters)) {
            return 0;
        }
        return SECTOR * Long.parseLong(Files.readString(counters).strip().split("\\s+", -1)[SECTORS_WRITTEN]);
    }
}
