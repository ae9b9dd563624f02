// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.worker;

import dev.millrace.architecture.offending.producer.ProducerThatKnowsAWorker;

public record WorkerThatKnowsAProducer(ProducerThatKnowsAWorker upstairs) {}
