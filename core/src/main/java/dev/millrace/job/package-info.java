// SPDX-License-Identifier: Apache-2.0
/** What is to be done: a {@link dev.millrace.job.Job}, its payload, its queue and its type. Knows no broker. */
package dev.millrace.job;
