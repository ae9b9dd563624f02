-- SPDX-License-Identifier: Apache-2.0
-- Claimed jobs become a worker's own until a moment.
-- Rows are found by their numbers; without the hint, MySQL may walk over others, and wait for who has them locked; and without
-- COALESCE, PostgreSQL may walk over all that is not acknowledged.
UPDATE ${table} /*! FORCE INDEX (`PRIMARY`) */ SET time_next = ?, leased = 1, epoch = epoch + 1, attempts = attempts + 1
WHERE id IN (${values}) AND COALESCE(time_acked, 0) = 0
