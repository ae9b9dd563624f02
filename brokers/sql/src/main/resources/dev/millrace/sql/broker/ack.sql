-- SPDX-License-Identifier: Apache-2.0
-- Jobs are done. Their chosen ids are free.
-- Rows are found by their numbers; without the hint, MySQL may walk over others, and wait for who has them locked; and without
-- COALESCE, PostgreSQL may walk over all that is not acknowledged.
UPDATE ${table} /*! FORCE INDEX (`PRIMARY`) */ SET time_acked = ?, time_next = NULL, leased = 0, job_id = NULL
WHERE id IN (${values}) AND COALESCE(time_acked, 0) = 0
