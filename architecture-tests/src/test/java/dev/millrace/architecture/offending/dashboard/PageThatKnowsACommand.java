// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.dashboard;

import dev.millrace.architecture.offending.cli.CommandThatKnowsABroker;

public record PageThatKnowsACommand(CommandThatKnowsABroker command) {}
