// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.job;

import dev.millrace.architecture.offending.worker.WorkerThatKnowsAProducer;

public record JobThatKnowsAWorker(WorkerThatKnowsAProducer upstairs) {}
