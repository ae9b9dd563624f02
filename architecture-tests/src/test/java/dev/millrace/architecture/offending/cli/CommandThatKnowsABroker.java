// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.cli;

import dev.millrace.architecture.offending.embedded.EmbeddedThatKnowsAWorker;

public record CommandThatKnowsABroker(EmbeddedThatKnowsAWorker upstairs) {}
