-- SPDX-License-Identifier: Apache-2.0
-- Jobs come again.
-- Rows are found by their numbers; without the hint, MySQL may walk over others, and wait for who has them locked; and without
-- COALESCE, PostgreSQL may walk over all that is not acknowledged.
UPDATE ${table} /*! FORCE INDEX (`PRIMARY`) */ SET time_next = ?, leased = 0, epoch = epoch + 1, attempts = attempts - ?
WHERE id IN (${values}) AND COALESCE(time_acked, 0) = 0
