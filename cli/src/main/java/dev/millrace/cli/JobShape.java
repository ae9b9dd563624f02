// SPDX-License-Identifier: Apache-2.0
package dev.millrace.cli;

import dev.millrace.job.Job;
import dev.millrace.job.Payload;

/** Makes jobs that differ only in their body. */
interface JobShape {
    /** The job with this body. */
    Job job(Payload body);
}
