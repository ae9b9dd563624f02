-- SPDX-License-Identifier: Apache-2.0
-- Deliveries of one epoch are done, those that are still a worker's own.
-- Rows are found by their numbers; without the hint, MySQL may walk over others, and wait for who has them locked; and without
-- COALESCE, PostgreSQL may walk over all that is not acknowledged.
UPDATE ${table} /*! FORCE INDEX (`PRIMARY`) */ SET time_acked = ?, time_next = NULL, leased = 0, job_id = NULL
WHERE epoch = ? AND leased = 1 AND time_next > ? AND COALESCE(time_acked, 0) = 0 AND id IN (${values})
