// SPDX-License-Identifier: Apache-2.0
package dev.millrace.benchmarks.measure;

/** Something that Millrace promises, and how to measure it. */
public interface Figure {
    /** What to call it on the command line. */
    String name();

    /** What it measures. */
    String what();

    /** Measures it beside its yardstick, and reports. */
    void run(Bench bench) throws Exception;
}
