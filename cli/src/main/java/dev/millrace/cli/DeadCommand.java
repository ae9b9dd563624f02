// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import picocli.CommandLine.Command;

/** {@code millrace dead}: nothing by itself. */
@Command(
        name = "dead",
        description = "List the dead letters of a queue, make them ready again, or throw them away.",
        synopsisSubcommandLabel = "(list | redrive | purge)")
final class DeadCommand {}
