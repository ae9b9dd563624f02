// SPDX-License-Identifier: Apache-2.0
/** A consumer of plain streams in a consumer group, on the worker of Millrace. */
package dev.millrace.redisstreams.consumer;
