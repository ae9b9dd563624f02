// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.producer;

import dev.millrace.architecture.offending.worker.WorkerThatKnowsAProducer;

// Together with the worker, a cycle.
public record ProducerThatKnowsAWorker(WorkerThatKnowsAProducer upstairs) {}
