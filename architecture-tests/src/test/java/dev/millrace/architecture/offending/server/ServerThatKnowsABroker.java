// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.server;

import dev.millrace.architecture.offending.embedded.EmbeddedThatKnowsAWorker;

public record ServerThatKnowsABroker(EmbeddedThatKnowsAWorker broker) {}
