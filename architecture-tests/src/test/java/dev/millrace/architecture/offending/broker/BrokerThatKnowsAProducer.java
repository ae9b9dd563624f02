// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.broker;

import dev.millrace.architecture.offending.producer.ProducerThatKnowsAWorker;

public record BrokerThatKnowsAProducer(ProducerThatKnowsAWorker upstairs) {}
