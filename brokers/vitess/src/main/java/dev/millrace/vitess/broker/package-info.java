// SPDX-License-Identifier: Apache-2.0
/** The broker {@code vitess:}, on a table of its own in a keyspace of Vitess. */
package dev.millrace.vitess.broker;
