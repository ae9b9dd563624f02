// SPDX-License-Identifier: Apache-2.0
/** A broker over one consumer group of plain streams, whoever fills them. */
package dev.millrace.redisstreams.groups;
