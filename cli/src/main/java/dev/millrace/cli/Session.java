// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.cli.terminal.Streams;
import java.time.InstantSource;
import java.util.Map;

/**
 * What surrounds a command.
 *
 * @param streams where it reads and writes
 * @param environment the variables of its environment
 * @param clock what time it is
 */
record Session(Streams streams, Map<String, String> environment, InstantSource clock) {}
