// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import java.nio.file.Path;

/**
 * Where the things of a demonstration are.
 *
 * @param path its temporary folder
 */
record DemoFolder(Path path) {
    /** The copies of the files, named by number. */
    Path snapshot() {
        return path.resolve("snapshot");
    }

    Path snapshot(int file) {
        return snapshot().resolve(Integer.toString(file));
    }

    /** The folder of the embedded broker. */
    Path broker() {
        return path.resolve("broker");
    }

    Path results(int worker) {
        return path.resolve("results-" + worker);
    }

    /** What a worker process wrote on its standard error. */
    Path log(int worker) {
        return path.resolve("worker-" + worker + ".log");
    }
}
