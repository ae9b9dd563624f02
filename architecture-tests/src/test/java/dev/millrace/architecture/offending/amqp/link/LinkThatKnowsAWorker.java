// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.amqp.link;

import dev.millrace.architecture.offending.worker.WorkerThatKnowsAProducer;

public record LinkThatKnowsAWorker(WorkerThatKnowsAProducer upstairs) {}
