// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.hosting;

import dev.millrace.architecture.offending.worker.WorkerThatKnowsAProducer;

public record HostThatKnowsAWorker(WorkerThatKnowsAProducer worker) {}
