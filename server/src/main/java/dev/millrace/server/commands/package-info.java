// SPDX-License-Identifier: Apache-2.0
/**
 * What the commands of every protocol share: the table in which they are found and what is checked before one is done, who
 * asks, and how jobs and queues are called on the wire.
 */
package dev.millrace.server.commands;
