// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.testkit;

import dev.millrace.architecture.offending.embedded.EmbeddedThatKnowsAWorker;

public record ContractThatKnowsABroker(EmbeddedThatKnowsAWorker upstairs) {}
