-- SPDX-License-Identifier: Apache-2.0
-- A job becomes a dead letter.
UPDATE ${table} SET time_acked = 9223372036854775807, time_next = NULL, leased = 0, epoch = epoch + 1,
    headers = ?, dead_at = ?, dead_reason = ?
WHERE id = ? AND time_acked IS NULL
