// SPDX-License-Identifier: Apache-2.0
package dev.millrace.worker;

import dev.millrace.job.Guarantee;
import dev.millrace.job.QueueName;

/** What a worker is to do with one queue. */
record QueuePlan(QueueName queue, int concurrency, Guarantee guarantee, Tasks tasks) {}
