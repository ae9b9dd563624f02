// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.okq;

import dev.millrace.architecture.offending.worker.WorkerThatKnowsAProducer;

public record ClientThatKnowsAWorker(WorkerThatKnowsAProducer upstairs) {}
