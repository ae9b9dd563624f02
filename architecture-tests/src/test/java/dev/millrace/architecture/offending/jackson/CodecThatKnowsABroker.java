// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.jackson;

import dev.millrace.architecture.offending.broker.BrokerThatKnowsAProducer;

public record CodecThatKnowsABroker(BrokerThatKnowsAProducer upstairs) {}
