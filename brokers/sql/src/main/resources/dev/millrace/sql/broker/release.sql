-- SPDX-License-Identifier: Apache-2.0
-- Jobs come again.
-- Rows are found by their numbers; without the hint, MySQL may walk over others, and wait for who has them locked.
UPDATE ${table} /*! FORCE INDEX (PRIMARY) */ SET time_next = ?, leased = 0, epoch = epoch + 1, attempts = attempts - ?
WHERE id IN (${values}) AND time_acked IS NULL
