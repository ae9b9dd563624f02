-- SPDX-License-Identifier: Apache-2.0
-- Makes dead letters ready.
-- Rows are found by their numbers; without the hint, MySQL may walk over others, and wait for who has them locked.
UPDATE ${table} /*! FORCE INDEX (`PRIMARY`) */ SET time_acked = NULL, time_next = ?, leased = 0, epoch = epoch + 1, attempts = 0,
    dead_at = NULL, dead_reason = NULL, expires_at = NULL
WHERE id IN (${values}) AND time_acked = 9223372036854775807
