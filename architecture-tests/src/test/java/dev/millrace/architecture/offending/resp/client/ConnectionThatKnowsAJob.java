// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.resp.client;

import dev.millrace.architecture.offending.job.JobThatKnowsAWorker;

public record ConnectionThatKnowsAJob(JobThatKnowsAWorker upstairs) {}
