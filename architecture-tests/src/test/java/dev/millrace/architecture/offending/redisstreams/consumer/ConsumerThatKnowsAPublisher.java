// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.redisstreams.consumer;

import dev.millrace.architecture.offending.redisstreams.publisher.PublisherThatKnowsAWorker;

public record ConsumerThatKnowsAPublisher(PublisherThatKnowsAWorker neighbour) {}
