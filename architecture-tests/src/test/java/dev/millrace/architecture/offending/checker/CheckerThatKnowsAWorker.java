// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.checker;

import dev.millrace.architecture.offending.worker.WorkerThatKnowsAProducer;

public record CheckerThatKnowsAWorker(WorkerThatKnowsAProducer judged) {}
