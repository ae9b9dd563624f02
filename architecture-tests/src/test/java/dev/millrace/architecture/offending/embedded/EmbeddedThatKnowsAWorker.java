// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.embedded;

import dev.millrace.architecture.offending.worker.WorkerThatKnowsAProducer;

public record EmbeddedThatKnowsAWorker(WorkerThatKnowsAProducer upstairs) {}
