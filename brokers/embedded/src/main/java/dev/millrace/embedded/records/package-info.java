// SPDX-License-Identifier: Apache-2.0
/** The words that the log of a store is made of: what they say and how they are written. Knows no files and no queues. */
package dev.millrace.embedded.records;
