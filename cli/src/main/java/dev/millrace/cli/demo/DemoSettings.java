// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli.demo;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to be demonstrated. Immutable.
 *
 * @param broker the URL of the broker; the embedded one in a temporary folder if it is empty
 * @param jobs how many made-up jobs in place of files; empty for files
 * @param input the folder of the files; empty for the project's own
 * @param keep whether the temporary folder stays
 */
public record DemoSettings(Optional<String> broker, OptionalInt jobs, Optional<Path> input, boolean keep) {}
