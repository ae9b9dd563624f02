-- SPDX-License-Identifier: Apache-2.0
-- The dead letters, the oldest first.
SELECT id, job_id, queue, epoch, attempts, payload, headers, enqueued_at, expires_at, time_next, time_acked, leased, dead_reason
FROM ${table} WHERE time_acked = 9223372036854775807 AND queue = ? ORDER BY dead_at, id LIMIT ?
