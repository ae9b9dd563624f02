// SPDX-License-Identifier: Apache-2.0
/** The broker {@code redis:}: jobs in Redis Streams, each step of their lives one script. */
package dev.millrace.redisstreams.broker;
