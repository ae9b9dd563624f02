// SPDX-License-Identifier: Apache-2.0
package dev.millrace.redisstreams.groups;

import dev.millrace.broker.Tag;

/**
 * Where a delivery came from.
 *
 * @param receiver which receiver
 * @param id of the entry
 */
record GroupTag(GroupReceiver receiver, String id) implements Tag {}
