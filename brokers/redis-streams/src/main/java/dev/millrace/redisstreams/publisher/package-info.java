// SPDX-License-Identifier: Apache-2.0
/** A publisher of messages to plain streams. */
package dev.millrace.redisstreams.publisher;
