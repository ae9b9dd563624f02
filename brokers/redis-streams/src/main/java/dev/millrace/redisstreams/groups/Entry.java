// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import dev.millrace.job.Payload;

/**
 * An entry that is this consumer's.
 *
 * @param id of the entry
 * @param attempt how often it was delivered, this time included
 * @param fields what is in it
 */
record Entry(String id, int attempt, Payload fields) {}
