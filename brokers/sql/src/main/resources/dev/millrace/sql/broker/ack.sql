-- SPDX-License-Identifier: Apache-2.0
-- Jobs are done. Their chosen ids are free.
-- Rows are found by their numbers; without the hint, MySQL may walk over others, and wait for who has them locked.
UPDATE ${table} /*! FORCE INDEX (PRIMARY) */ SET time_acked = ?, time_next = NULL, leased = 0, job_id = NULL
WHERE id IN (${values}) AND time_acked IS NULL
