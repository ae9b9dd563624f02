-- SPDX-License-Identifier: Apache-2.0
-- A delivery is done, if it is still a worker's own.
UPDATE ${table} SET time_acked = ?, time_next = NULL, leased = 0, job_id = NULL
WHERE id = ? AND time_acked IS NULL AND epoch = ? AND leased = 1 AND time_next > ?
