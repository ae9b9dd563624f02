// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.redisstreams.groups;

import dev.millrace.architecture.offending.worker.WorkerThatKnowsAProducer;

public record GroupThatKnowsAWorker(WorkerThatKnowsAProducer upstairs) {}
