-- SPDX-License-Identifier: Apache-2.0
-- Stores a job.
INSERT INTO ${table} (id, priority, time_next, queue, job_id, payload, headers, enqueued_at, expires_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
