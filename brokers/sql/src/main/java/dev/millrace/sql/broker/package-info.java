// SPDX-License-Identifier: Apache-2.0
/** The broker {@code jdbc:}, on message tables beside the tables of its users. */
package dev.millrace.sql.broker;
