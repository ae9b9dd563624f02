-- SPDX-License-Identifier: Apache-2.0
-- A job by its chosen id.
SELECT id, job_id, queue, epoch, attempts, payload, headers, enqueued_at, expires_at, time_next, time_acked, leased, dead_reason
FROM ${table} WHERE job_id = ?
