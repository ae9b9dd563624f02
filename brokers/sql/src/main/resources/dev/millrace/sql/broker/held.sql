-- SPDX-License-Identifier: Apache-2.0
-- Which of these jobs are still with a worker, and by which delivery; they stay so until the transaction ends.
-- Rows are found by their numbers; without the hint, MySQL may walk over others, and wait for who has them locked; and without
-- COALESCE, PostgreSQL may walk over all that is not acknowledged.
SELECT id, epoch FROM ${table} /*! FORCE INDEX (`PRIMARY`) */
WHERE id IN (${values}) AND COALESCE(time_acked, 0) = 0 AND leased = 1 AND time_next > ?
ORDER BY id FOR UPDATE
