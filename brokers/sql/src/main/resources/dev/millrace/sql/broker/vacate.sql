-- SPDX-License-Identifier: Apache-2.0
-- Forgets a job with a chosen id if it has expired and no worker has it.
DELETE FROM ${table}
WHERE job_id = ? AND time_acked IS NULL AND expires_at <= ? AND (leased = 0 OR time_next <= ?)
