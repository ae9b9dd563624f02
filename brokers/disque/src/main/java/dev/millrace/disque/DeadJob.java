// SPDX-License-Identifier: Apache-2.0
package dev.millrace.disque;

import java.time.Instant;
import java.util.Optional;

/**
 * A job that was put aside (DEADLIST). Immutable.
 *
 * @param details the job, with its bare body
 * @param reason why, in the words of whoever put it aside; empty from a server that does not say
 * @param since when that was; empty where nobody knows
 */
public record DeadJob(JobDetails details, Optional<String> reason, Optional<Instant> since) {}
