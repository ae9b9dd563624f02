-- SPDX-License-Identifier: Apache-2.0
-- A delivery stays a worker's own for longer, if it still is.
UPDATE ${table} SET time_next = ?
WHERE id = ? AND time_acked IS NULL AND epoch = ? AND leased = 1 AND time_next > ?
