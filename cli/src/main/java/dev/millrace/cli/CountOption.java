// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import picocli.CommandLine.Option;

/** How many jobs a listing shows. */
final class CountOption {
    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many at most; 10 if nothing is said.")
    int count;

    int value() {
        return Numbers.atLeastOne("--count", count);
    }
}
