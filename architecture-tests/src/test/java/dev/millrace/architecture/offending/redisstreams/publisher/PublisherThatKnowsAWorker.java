// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.redisstreams.publisher;

import dev.millrace.architecture.offending.worker.WorkerThatKnowsAProducer;

public record PublisherThatKnowsAWorker(WorkerThatKnowsAProducer upstairs) {}
