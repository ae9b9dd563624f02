// SPDX-License-Identifier: Apache-2.0
/** What stands between SQL and those who speak it: texts, connections, transactions, numbers, the clock of the database. */
package dev.millrace.sql.database;
