// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.examples;

import dev.millrace.architecture.offending.cli.CommandThatKnowsABroker;
import dev.millrace.architecture.offending.embedded.EmbeddedThatKnowsAWorker;

public record ExampleThatKnowsABroker(EmbeddedThatKnowsAWorker broker, CommandThatKnowsABroker command) {}
