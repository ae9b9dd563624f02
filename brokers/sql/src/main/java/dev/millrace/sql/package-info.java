// SPDX-License-Identifier: Apache-2.0
/** Queues that are tables of their users, in the layout of Vitess' message tables, which any database can have. */
package dev.millrace.sql;
