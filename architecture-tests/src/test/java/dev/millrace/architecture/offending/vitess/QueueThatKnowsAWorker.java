// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.vitess;

import dev.millrace.architecture.offending.worker.WorkerThatKnowsAProducer;

public record QueueThatKnowsAWorker(WorkerThatKnowsAProducer upstairs) {}
