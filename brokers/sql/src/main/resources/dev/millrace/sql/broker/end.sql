-- SPDX-License-Identifier: Apache-2.0
-- Ends a job in whatever state, unless it has expired.
UPDATE ${table} SET time_acked = ?, time_next = NULL, leased = 0, job_id = NULL, epoch = epoch + 1
WHERE id = ? AND (time_acked = 9223372036854775807 OR (time_acked IS NULL
    AND (expires_at IS NULL OR expires_at > ? OR (leased = 1 AND time_next > ?))))
