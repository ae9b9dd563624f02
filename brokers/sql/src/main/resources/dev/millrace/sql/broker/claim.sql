-- SPDX-License-Identifier: Apache-2.0
-- The next jobs of a queue and priority that nobody else is just claiming.
SELECT id, job_id, epoch, attempts, payload, headers, enqueued_at, expires_at FROM ${table}
WHERE time_acked IS NULL AND queue = ? AND priority = ? AND time_next <= ?
ORDER BY time_next, id LIMIT ? FOR UPDATE SKIP LOCKED
