-- SPDX-License-Identifier: Apache-2.0
-- The jobs that workers get next.
SELECT id, job_id, queue, epoch, attempts, payload, headers, enqueued_at, expires_at, time_next, time_acked, leased, dead_reason
FROM ${table}
WHERE time_acked IS NULL AND queue = ? AND time_next <= ? AND (expires_at IS NULL OR expires_at > ?)
ORDER BY priority, time_next, id LIMIT ?
