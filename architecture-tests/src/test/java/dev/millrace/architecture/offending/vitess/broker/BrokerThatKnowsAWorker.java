// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.vitess.broker;

import dev.millrace.architecture.offending.worker.WorkerThatKnowsAProducer;

public record BrokerThatKnowsAWorker(WorkerThatKnowsAProducer upstairs) {}
