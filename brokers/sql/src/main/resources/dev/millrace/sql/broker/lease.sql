-- SPDX-License-Identifier: Apache-2.0
-- Claimed jobs become a worker's own until a moment.
UPDATE ${table} SET time_next = ?, leased = 1, epoch = epoch + 1, attempts = attempts + 1
WHERE id IN (${values}) AND time_acked IS NULL
