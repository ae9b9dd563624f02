// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.measure;

import java.io.IOException;

/**
 * What a figure is given.
 *
 * @param options how to measure
 * @param report where to say what came out
 */
public record Bench(Options options, Report report) {
    /** A new folder for a store; the caller closes it. */
    public Folder folder(String name) throws IOException {
        return Folder.in(options.folder(), name);
    }
}
